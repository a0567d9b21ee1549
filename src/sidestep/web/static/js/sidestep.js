// What every page needs from a script; all of them work without it.
const root = document.documentElement;
root.dataset.scripted = "yes";
