// What every page needs from a script; all of them work without it.
const root = document.documentElement;
root.dataset.scripted = "yes";

// On paper a picture further down has to be there as well.
addEventListener("beforeprint", () => {
  for (const picture of document.images) picture.loading = "eager";
});
