// Suggestions at the desk: ↑ ↓ through the rows, Enter puts one on, Delete refuses it, h puts what the practice usually puts;
// a row that is pointed at or in focus lights its words in the note. A digit that was meant for one never opens a queue.
const TYPED = "input, textarea, select, summary, [contenteditable=true]";
const GUARD = 1500;
let acted = -Infinity;

const list = () => document.querySelector("[data-suggestions]");
const rows = () => [...document.querySelectorAll("[data-suggestions] .suggested")];

const light = (name) => {
  for (const words of document.querySelectorAll("mark.ev")) {
    const lit = Boolean(name) && words.dataset.of.split(" ").includes(name);
    words.toggleAttribute("data-lit", lit);
  }
};

const show = (row) => {
  light(row?.dataset.of);
  const first = row && [...document.querySelectorAll("mark.ev[data-lit]")][0];
  first?.scrollIntoView({ block: "nearest" });
};

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-suggestions] [data-of]");
  if (row) show(row);
  else if (!event.target.closest?.("mark")) light("");
});

document.addEventListener("mouseover", (event) => {
  const row = event.target.closest?.("[data-suggestions] [data-of]");
  if (row) light(row.dataset.of);
  else if (event.relatedTarget?.closest?.("[data-suggestions] [data-of]")) light(document.activeElement?.closest?.("[data-suggestions] [data-of]")?.dataset.of);
});

const enter = (row) => {
  for (const each of rows()) each.tabIndex = each === row ? 0 : -1;
  row.focus();
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typed = event.target.closest?.(TYPED);
  const pending = document.getElementById("suggestions") && (!list() || event.timeStamp - acted < GUARD);
  if (/^[1-9]$/.test(event.key) && !typed && pending && !document.querySelector(`[data-suggestions] [data-key="${event.key}"]`)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const row = event.target.closest?.(".suggested");
  if (!row || typed || event.target.closest("button, a")) return;
  const all = rows();
  const now = all.indexOf(row);
  const act = { Enter: "take", Delete: "refuse", h: "usual" }[event.key];
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    event.stopPropagation();
    enter(all[(now + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length]);
  } else if (act) {
    const button = row.querySelector(`[data-act="${act}"]`);
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    sessionStorage.setItem("suggest-focus", String(now));
    button.click();
  }
}, true);

document.addEventListener("submit", (event) => {
  if (event.target.closest?.("[data-suggestions]")) acted = event.timeStamp;
}, true);

// The pane comes a moment after the desk: then the row that follows the one just judged is in focus.
document.addEventListener("htmx:afterSettle", () => {
  const kept = sessionStorage.getItem("suggest-focus");
  if (kept === null || !list()) return;
  sessionStorage.removeItem("suggest-focus");
  const all = rows();
  if (all.length) enter(all[Math.min(Number(kept), all.length - 1)]);
});
