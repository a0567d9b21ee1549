// Puts the text above a button where it can be pasted from; without it, the text can be marked by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const text = button.closest("section").querySelector(".to-copy");
  button.hidden = false;
  button.addEventListener("click", async () => {
    getSelection().selectAllChildren(text);
    // Without HTTPS there is no clipboard to write to; what is selected can be copied all the same.
    try { await navigator.clipboard.writeText(text.textContent); } catch { if (!document.execCommand("copy")) return; }
    const words = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}
