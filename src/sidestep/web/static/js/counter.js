// The sets of one exercise: what is counted is tapped, what is held is timed, and between two sets is a rest.
// Where it stands is remembered on this device, so that a page that comes back goes on there.
import { mayBeHeard, tell } from "./player-signals.js";

const KEPT = "sidestep.play", TICK_MS = 200;
const further = document.querySelector(".player button[name=did][value=done]");
const who = document.documentElement.dataset.who ?? "";

for (const counter of document.querySelectorAll("[data-counter]")) begin(counter);

function begin(counter) {
  const words = counter.dataset, seconds = Number(words.seconds), rest = Number(words.rest), sides = Number(words.sides);
  const part = (name) => counter.querySelector(`[data-${name}]`);
  const list = counter.querySelector(".turns"), planned = [...list.children], last = planned.length;
  const [line, count, unit, main, back, swap] = ["turn", "count", "unit", "main", "back", "swap"].map(part);
  const now = { turn: 0, isSwapped: false, phase: "ready", left: seconds, endsAt: 0, ...remembered(words) };
  let ticking = null;

  if (now.phase === "holding") now.phase = "paused";
  if (now.phase === "resting" && now.endsAt <= Date.now()) Object.assign(now, { phase: "ready", left: seconds });
  counter.classList.add("is-live");
  part("live").hidden = false;
  main.addEventListener("click", () => { mayBeHeard(); press(); });
  back.addEventListener("click", () => { if (now.turn > 0) become("ready", { turn: now.turn - 1, left: seconds }); main.focus(); });
  swap?.addEventListener("click", () => become("ready", { isSwapped: !now.isSwapped, left: seconds }));
  addEventListener("pagehide", () => keep(words, now));
  become(now.phase, {});

  function press() {
    if (now.phase === "ready") { if (seconds) runs("holding", now.left); else ended(false); }
    else if (now.phase === "holding") become("paused", {});
    else if (now.phase === "paused") runs("holding", now.left);
    else if (now.phase === "resting") become("ready", { left: seconds });
    else become("ready", { turn: 0, left: seconds });
  }
  function ended(isHeard) {
    const turn = now.turn + 1;
    if (isHeard) tell(turn >= last);
    if (turn >= last) become("done", { turn });
    else if (rest && turn % sides === 0) runs("resting", rest, turn);
    else become("ready", { turn, left: seconds });
  }
  function runs(phase, left, turn = now.turn) { become(phase, { turn, left, endsAt: Date.now() + left * 1000 }); }
  function tick() {
    now.left = Math.max(0, (now.endsAt - Date.now()) / 1000);
    if (now.left > 0) { count.value = String(Math.ceil(now.left)); return; }
    if (now.phase === "holding") { ended(true); return; }
    tell(false);
    become("ready", { left: seconds });
  }
  function become(phase, changes) {
    Object.assign(now, changes, { phase });
    clearInterval(ticking);
    if (phase === "holding" || phase === "resting") { ticking = setInterval(tick, TICK_MS); now.left = Math.max(0, (now.endsAt - Date.now()) / 1000); }
    keep(words, now);
    show();
  }
  function show() {
    const turns = planned.map((_, place) => planned[now.isSwapped ? place ^ 1 : place]), { phase } = now;
    turns.forEach((each, place) => {
      each.classList.toggle("is-done", place < now.turn);
      each.querySelector("[data-done-word]").hidden = place >= now.turn;
      if (place === now.turn) each.setAttribute("aria-current", "step"); else each.removeAttribute("aria-current");
    });
    if (turns.some((each, place) => list.children[place] !== each)) list.replaceChildren(...turns);
    const next = turns[now.turn];
    line.replaceChildren(...(phase === "done" ? [words.allDone] : said(next, phase === "resting" ? words.next : "")));
    const isTimed = seconds > 0 || phase === "resting";
    count.value = phase === "done" ? "✓" : String(isTimed ? Math.ceil(now.left) : words.repetitions);
    unit.textContent = phase === "done" ? "" : phase === "resting" ? words.resting : seconds ? words.second : words.times;
    const toBegin = !seconds ? words.setDone : sides === 2 && now.turn % 2 === 1 ? words.change : words.start;
    main.textContent = { ready: toBegin, holding: words.pause, paused: words.on, resting: words.skipRest, done: words.over }[phase];
    // One main button a screen: the next set, and once there is none, the next exercise.
    main.classList.toggle("second", phase === "done");
    further?.classList.toggle("second", phase !== "done");
    back.hidden = now.turn === 0;
    if (swap) swap.hidden = phase !== "ready" || now.turn % 2 === 1;
  }
}

function said(turn, before) {
  const words = document.createElement("span");
  words.textContent = before ? `${before} ${turn.dataset.says}` : turn.dataset.says;
  return turn.dataset.side ? [turn.querySelector(".side").cloneNode(true), words] : [words];
}

// One day of one person is kept; another day or another person begins anew.
function all(words) {
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(KEPT)); } catch { /* What cannot be read was never there. */ }
  return kept?.who === who && kept.day === words.day ? kept : { who, day: words.day, steps: {} };
}
function remembered(words) {
  const step = all(words).steps[words.number];
  return step?.exercise === words.exercise ? step : {};
}
function keep(words, now) {
  const kept = all(words);
  kept.steps[words.number] = { ...now, exercise: words.exercise };
  try { localStorage.setItem(KEPT, JSON.stringify(kept)); } catch { /* Without room it counts all the same. */ }
}
