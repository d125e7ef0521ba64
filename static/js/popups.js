/* Questions in a <dialog>: data-opens="id" opens it as a modal, data-closes shuts it. Without scripts the same link leads to its page. */
document.addEventListener("click", (event) => {
  const opens = event.target.closest?.("[data-opens]");
  if (opens) {
    const dialog = document.getElementById(opens.dataset.opens);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
  }
  const closes = event.target.closest?.("[data-closes]");
  if (closes) {
    event.preventDefault();
    closes.closest("dialog")?.close();
  }
});
