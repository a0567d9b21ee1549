// A figure that moves can be held still; it stays so on the pages after, until it is played again.
const KEPT = "sidestep.figures", STILL = "still";
const wantsLittleMotion = matchMedia("(prefers-reduced-motion: reduce)").matches;

for (const figure of document.querySelectorAll("[data-moving]")) {
  const picture = figure.querySelector("img"), button = figure.querySelector("button");
  let isStill = wantsLittleMotion || localStorage.getItem(KEPT) === STILL;
  show();
  button.hidden = false;
  button.addEventListener("click", () => {
    isStill = !isStill;
    if (isStill) localStorage.setItem(KEPT, STILL); else localStorage.removeItem(KEPT);
    show();
  });

  function show() {
    picture.src = isStill ? figure.dataset.still : figure.dataset.loop;
    figure.querySelector("source")?.remove();
    button.ariaLabel = isStill ? button.dataset.play : button.dataset.pause;
    figure.classList.toggle("is-still", isStill);
  }
}
