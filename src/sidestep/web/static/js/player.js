// The player: counts held seconds and changes sides, keeps the screen on, sounds and vibrates when asked to.
const kept = (name) => localStorage.getItem(`sidestep.${name}`) === "yes";

for (const part of document.querySelectorAll("[data-options]")) part.hidden = false;
for (const box of document.querySelectorAll("[data-option]")) {
  box.checked = kept(box.dataset.option);
  box.addEventListener("change", () => localStorage.setItem(`sidestep.${box.dataset.option}`, box.checked ? "yes" : "no"));
}

let awake = null;
async function stayAwake() {
  if (!kept("awake") || !navigator.wakeLock || document.visibilityState !== "visible") return;
  try { awake = await navigator.wakeLock.request("screen"); } catch { awake = null; }
}
if (document.querySelector(".player")) {
  stayAwake();
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && (!awake || awake.released)) stayAwake(); });
}

let audio = null;
function tell(isEnd) {
  if (kept("vibration") && navigator.vibrate) navigator.vibrate(isEnd ? [180, 90, 180] : 140);
  if (!kept("sound")) return;
  audio ??= new AudioContext();
  const tone = audio.createOscillator(), loudness = audio.createGain();
  tone.frequency.value = isEnd ? 660 : 520;
  loudness.gain.setValueAtTime(0.2, audio.currentTime);
  loudness.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.35);
  tone.connect(loudness).connect(audio.destination);
  tone.start(); tone.stop(audio.currentTime + 0.36);
}

for (const timer of document.querySelectorAll("[data-timer]")) startTimer(timer);

function startTimer(timer) {
  const words = timer.dataset, seconds = Number(words.timer), sides = Number(words.sides), turns = Number(words.sets) * sides;
  const output = timer.querySelector("output"), line = timer.querySelector(".turn");
  const toggle = timer.querySelector("[data-toggle]"), other = timer.querySelector("[data-switch]");
  let turn = 0, left = seconds, endsAt = null, ticking = null, first = 0;
  timer.hidden = false;
  show();

  function show() {
    output.value = String(Math.ceil(left));
    if (turn >= turns) { line.textContent = words.done; return; }
    const parts = [];
    if (sides === 2) {
      const isLeft = (turn + first) % 2 === 0;
      const mark = document.createElement("span");
      mark.className = `side ${isLeft ? "left" : "right"}`; mark.ariaHidden = "true"; mark.textContent = (isLeft ? words.left : words.right).slice(0, 1);
      parts.push(mark, isLeft ? words.left : words.right);
    }
    if (turns > sides) parts.push(`${words.set} ${Math.floor(turn / sides) + 1} / ${turns / sides}`);
    line.replaceChildren(...parts.map((part) => (typeof part === "string" ? Object.assign(document.createElement("span"), { textContent: part }) : part)));
  }
  function stop() { clearInterval(ticking); ticking = endsAt = null; }
  function tick() {
    left = Math.max(0, (endsAt - performance.now()) / 1000);
    if (left > 0) { output.value = String(Math.ceil(left)); return; }
    stop();
    turn += 1;
    tell(turn >= turns);
    left = turn >= turns ? 0 : seconds;
    toggle.textContent = turn >= turns ? words.start : (sides === 2 ? words.change : words.on);
    show();
  }
  toggle.addEventListener("click", () => {
    if (ticking) { stop(); toggle.textContent = words.on; return; }
    if (turn >= turns) { turn = 0; left = seconds; show(); }
    if (kept("sound")) audio ??= new AudioContext();
    endsAt = performance.now() + left * 1000;
    ticking = setInterval(tick, 200);
    toggle.textContent = words.pause;
  });
  other?.addEventListener("click", () => { stop(); first = 1 - first; left = seconds; if (turn >= turns) turn = 0; toggle.textContent = words.start; show(); });
}
