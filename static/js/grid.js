/* Arrows move in tables: up and down through the rows of table.grid, by the same column; Home and End to its ends.
   A row is reached by its first link, button or field, or is focusable itself. */
const CAN = 'a[href], button, input:not([type="hidden"]), select, textarea, [tabindex="0"]';

const rows = (table) => [...table.querySelectorAll("tbody tr")].filter((row) => row.matches("[tabindex]") || row.querySelector(CAN));

function enter(row, column) {
  const cell = column >= 0 ? row.cells[column] : null;
  const node = cell?.querySelector(CAN) || (row.matches("[tabindex]") ? row : row.querySelector(CAN));
  node?.focus();
  if (node instanceof HTMLInputElement) node.select();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
  const node = event.target;
  if (node.matches?.("textarea, select, [role=combobox], [list]")) return;
  const typing = node.matches?.("input");
  if (typing && (event.key === "Home" || event.key === "End")) return;
  const table = node.closest?.("table.grid") || (node === document.body || node.id === "work" ? document.querySelector("#work table.grid tbody a[href]")?.closest("table") : null);
  if (!table) return;
  const all = rows(table);
  const row = node.closest?.("tr");
  const at = all.indexOf(row);
  const column = node.closest?.("td, th")?.cellIndex ?? -1;
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (all[to]) {
    event.preventDefault();
    enter(all[to], column);
  }
});

// A folded table keeps its roles, whatever the browser makes of its display.
for (const table of document.querySelectorAll("table.fold")) {
  table.setAttribute("role", "table");
  for (const part of table.querySelectorAll("thead, tbody, tfoot")) part.setAttribute("role", "rowgroup");
  for (const row of table.querySelectorAll("tr")) row.setAttribute("role", "row");
  for (const cell of table.querySelectorAll("td")) cell.setAttribute("role", "cell");
  for (const head of table.querySelectorAll("th")) head.setAttribute("role", head.closest("thead") ? "columnheader" : "rowheader");
}
