// Says in words what is chosen on the map, and keeps "none" and "some" apart. All of it works without.
const place = document.querySelector("form.place");

if (place) {
  const says = place.querySelector("#map-says");
  const nowhere = place.querySelector("input[name=none]");
  const zones = [...place.querySelectorAll("input[name=zones]")];
  const nameOf = (box) => box.getAttribute("aria-label") ?? box.closest("label").textContent.trim();

  const say = () => {
    const chosen = zones.filter((box) => box.checked).map(nameOf);
    const words = nowhere.checked ? [place.dataset.nowhere] : chosen;
    says.textContent = words.length ? `${place.dataset.chosen} ${words.join("; ")}` : place.dataset.nothing;
  };

  place.addEventListener("change", ({ target }) => {
    if (target.name === "zones" && target.checked) nowhere.checked = false;
    if (target === nowhere && nowhere.checked) for (const box of zones) box.checked = false;
    if (target.name === "zones" || target === nowhere) say();
  });
  say();
}

// Where several may be chosen, offer what fits: go on with some, or none of these.
const some = document.querySelector("[data-needs-choice]");
if (some) {
  const none = document.querySelector("[data-needs-none]");
  const boxes = [...some.form.querySelectorAll("input[type=checkbox]")];
  const offer = () => {
    const chosen = boxes.some((box) => box.checked);
    some.hidden = !chosen;
    none.hidden = chosen;
  };
  some.form.addEventListener("change", offer);
  offer();
}

document.querySelector("#trouble")?.focus();
