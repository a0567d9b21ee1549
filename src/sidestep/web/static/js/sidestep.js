// What every page needs from a script; all of them work without it.
const root = document.documentElement;
root.dataset.scripted = "yes";

// From a form that was not taken, back to what was typed in it.
for (const button of document.querySelectorAll("[data-go-back]")) {
  button.hidden = history.length < 2;
  button.addEventListener("click", () => history.back());
}

// On paper a picture further down has to be there as well.
addEventListener("beforeprint", () => {
  for (const picture of document.images) picture.loading = "eager";
});
