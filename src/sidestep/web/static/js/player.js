// The player: its choices, remembered on this device only, and the screen kept on.
import { isOn, remember } from "./player-signals.js";

for (const part of document.querySelectorAll("[data-options]")) part.hidden = false;
for (const box of document.querySelectorAll("[data-option]")) {
  box.checked = isOn(box.dataset.option);
  box.addEventListener("change", () => remember(box.dataset.option, box.checked));
}

let awake = null;
async function stayAwake() {
  if (!isOn("awake") || !navigator.wakeLock || document.visibilityState !== "visible") return;
  try { awake = await navigator.wakeLock.request("screen"); } catch { awake = null; }
}
if (document.querySelector(".player")) {
  stayAwake();
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && (!awake || awake.released)) stayAwake(); });
}
