// Moves a run: by its handle with a pointer, or with Enter and the arrow keys. The form does the rest, and works alone.
const board = document.querySelector("[data-board]");
const form = document.getElementById("move");
if (board && form) begin();

function begin() {
  const days = [...board.querySelectorAll("[data-day]")], says = document.querySelector("[data-says]");
  const grips = board.querySelectorAll("[data-grip]");
  let held = null, over = null;

  for (const grip of grips) {
    const from = grip.closest("[data-day]");
    grip.hidden = false;
    grip.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      grip.focus();
      grip.setPointerCapture(event.pointerId);
      pickUp(from);
    });
    grip.addEventListener("pointermove", (event) => { if (held) hover(dayAt(event.clientX, event.clientY)); });
    grip.addEventListener("pointerup", () => { if (held) drop(); });
    grip.addEventListener("pointercancel", leave);
    grip.addEventListener("blur", () => { if (held) leave(); });
    grip.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
      if (!held && (event.key === "Enter" || event.key === " ")) { pickUp(from); say(`${board.dataset.picked} ${from.dataset.name}. ${board.dataset.how}`); }
      else if (held && (event.key === "Enter" || event.key === " ")) drop();
      else if (held && event.key === "Escape") leave();
      else if (held && step) { hover(days[Math.min(days.length - 1, Math.max(0, days.indexOf(over ?? held) + step))]); say(`${board.dataset.over} ${(over ?? held).dataset.name}`); }
      else return;
      event.preventDefault();
    });
  }
  if (grips.length) document.querySelector("[data-hint]")?.removeAttribute("hidden");

  function dayAt(x, y) {
    const hit = document.elementFromPoint(x, y)?.closest("[data-day]");
    if (hit) return hit;
    // A column reaches down the page: on a phone the thumb covers the chip.
    return days.find((day) => { const box = day.getBoundingClientRect(); return x >= box.left && x <= box.right && Math.abs(y - box.bottom) < 120; }) ?? null;
  }
  function pickUp(day) { held = day; over = null; day.classList.add("is-held"); board.classList.add("is-moving"); }
  function hover(day) {
    over?.classList.remove("is-over");
    over = day === held ? null : day;
    over?.classList.add("is-over");
  }
  function clear() {
    for (const day of days) day.classList.remove("is-held", "is-over");
    board.classList.remove("is-moving");
    held = over = null;
  }
  function leave() { const was = held; clear(); if (was) say(board.dataset.left); }
  function drop() {
    if (!over) { leave(); return; }
    form.elements.on.value = held.dataset.day;
    form.elements.to.value = over.dataset.day;
    clear();
    form.requestSubmit();
  }
  function say(words) { says.textContent = words; }
}

// A chip leads to its day: open it there.
function openNamed() {
  const day = location.hash && document.getElementById(location.hash.slice(1));
  if (day instanceof HTMLDetailsElement) day.open = true;
}
openNamed();
addEventListener("hashchange", openNamed);
