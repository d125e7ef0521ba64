// The coding desk by keyboard: lists under what is typed, order of diagnoses, next finding.
const options = (field) => {
  const list = document.getElementById(field.dataset.list ?? "");
  return list ? [...list.querySelectorAll(".option")] : [];
};

const choose = (found, index) => {
  for (const [place, hit] of found.entries()) hit.setAttribute("aria-selected", place === index ? "true" : "false");
  found[index]?.scrollIntoView({ block: "nearest" });
};

document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("[data-list]");
  if (field) {
    const found = options(field);
    const now = found.findIndex((hit) => hit.getAttribute("aria-selected") === "true");
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length && !event.altKey) {
      event.preventDefault();
      choose(found, (now + (event.key === "ArrowDown" ? 1 : found.length - 1 + (now < 0 ? 1 : 0))) % found.length);
    } else if (event.key === "Enter" && now >= 0 && !event.ctrlKey) {
      event.preventDefault();
      found[now].click();
    } else if (event.key === "Escape") {
      document.getElementById(field.dataset.list).replaceChildren();
    }
    return;
  }
  const row = event.target.closest?.("tr[data-position]");
  if (row && !event.target.closest("input, button")) {
    const act = { ArrowUp: event.altKey && "up", ArrowDown: event.altKey && "down", Delete: "out" }[event.key];
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      const to = Number(row.dataset.position) + (act === "up" ? -1 : act === "down" ? 1 : 0);
      sessionStorage.setItem("desk-focus", `at-part-diagnoses-${to - 1}`);
      row.querySelector(`[data-act="${act}"]`)?.click();
    }
    return;
  }
  if (event.key === "f" && !event.ctrlKey && !event.metaKey && (event.altKey || !event.target.closest?.("input, select, textarea")) && document.querySelector("[data-desk]")) {
    const all = [...document.querySelectorAll("#findings .finding")];
    if (!all.length) return;
    event.preventDefault();
    const now = all.findIndex((finding) => finding.getAttribute("aria-current") === "true");
    for (const finding of all) finding.removeAttribute("aria-current");
    const next = all[(now + 1) % all.length];
    next.setAttribute("aria-current", "true");
    next.scrollIntoView({ block: "nearest" });
    next.querySelector("a, input:not([type=hidden]), button")?.focus();
  }
}, true);

// After the desk is drawn anew the caret stays where the work is: the field that was left, the row that moved.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "desk") return;
  const kept = sessionStorage.getItem("desk-focus");
  if (!kept) return;
  sessionStorage.removeItem("desk-focus");
  document.getElementById(kept)?.focus();
});

document.addEventListener("submit", (event) => {
  const adder = event.target.closest?.(".adder");
  if (adder) sessionStorage.setItem("desk-focus", adder.querySelector("input.cell").id);
}, true);

// A panel that opens is worked in at once: its first field takes the caret.
const enterPanel = (panel) => panel.querySelector("input:not([type=hidden]), textarea, select, button, a")?.focus();

document.addEventListener("toggle", (event) => {
  const panel = event.target;
  if (panel.open && panel.matches?.("[data-desk] details.more-fields, .questions details.more-fields")) enterPanel(panel);
}, true);

document.addEventListener("htmx:afterSettle", (event) => {
  const panel = ["visits-found", "level-body"].includes(event.target.id) && event.target.closest("details[open]");
  if (!panel) return;
  const act = panel.querySelector(".level-found button");
  if (act) act.focus();
  else enterPanel(event.target);
});

document.addEventListener("click", (event) => {
  const panel = document.getElementById(event.target.closest?.("[data-opens]")?.dataset.opens ?? "");
  if (!panel) return;
  event.preventDefault();
  panel.open = true;
  panel.scrollIntoView({ block: "nearest" });
  enterPanel(panel);
});
