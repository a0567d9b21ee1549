// A place to drag files to; choosing them works without this.
for (const place of document.querySelectorAll("[data-drop]")) {
  const input = place.querySelector("input[type=file]");
  const chosen = place.querySelector("[data-chosen]");
  const say = () => {
    const n = input.files.length;
    chosen.textContent = n === 0 ? "" : n === 1 ? input.files[0].name : chosen.dataset.many.replace("{n}", n);
  };
  input.addEventListener("change", say);
  for (const name of ["dragenter", "dragover"]) {
    place.addEventListener(name, (event) => { event.preventDefault(); place.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    place.addEventListener(name, () => place.classList.remove("over"));
  }
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    say();
  });
}
