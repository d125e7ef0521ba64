// The code picker: 1 to 7 answer the question of a ladder, ← goes back; beside the marked code stands what is said of it.
const listOf = (field) => document.getElementById(field.dataset.list ?? "");
let timer = 0;

const showNotes = (list, code) => {
  const box = list.querySelector("[data-notes]");
  if (!box || !code || box.dataset.shown === code) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (!box.isConnected) return;
    box.dataset.shown = code;
    window.htmx.ajax("GET", `${box.dataset.notes}&code=${encodeURIComponent(code)}`, { target: box, swap: "innerHTML" });
  }, 250);
};

// The marked row's notes; before a row is marked, those of the first, or of the header a ladder stands at.
const follow = (list) => {
  const marked = list.querySelector('.option[aria-selected="true"]');
  showNotes(list, (marked ?? list.querySelector("[data-notes][data-code], .option[data-code]"))?.dataset.code);
};

document.addEventListener("htmx:afterSettle", (event) => {
  const list = event.target.closest?.(".found");
  if (list?.querySelector("[data-notes]") && !event.target.matches("[data-notes]")) {
    follow(list);
    const field = document.querySelector(`[data-list="${list.id}"]`);
    field?.setAttribute("aria-expanded", list.querySelector(".option") ? "true" : "false");
    if (list.querySelector("[data-ladder]")) field?.focus();
  }
});

document.addEventListener("keyup", (event) => {
  const list = event.target.closest?.("[data-list]") && listOf(event.target);
  if (list && (event.key === "ArrowDown" || event.key === "ArrowUp")) follow(list);
});

document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("[data-list]");
  const rungs = field && listOf(field)?.querySelector("[data-ladder]");
  if (!rungs || event.ctrlKey || event.metaKey || event.altKey) return;
  const rung = event.key === "ArrowLeft" ? "back" : event.key;
  const found = /^(?:[1-7]|back)$/.test(rung) && rungs.querySelector(`[data-rung="${rung}"]`);
  if (!found) return;
  event.preventDefault();
  event.stopPropagation();
  found.click();
}, true);
