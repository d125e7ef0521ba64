/* Keys. A thing says its key itself: data-key="d" on a link, button, field or row.
   Single letters outside fields, Alt with the letter inside; the open dialog wins over the screen, the screen over the shell.
   A letter waits 50 ms before it acts, so that the first character of a scan (scan.js) is not taken for a key. */
const SCAN_GAP = 50;
const TYPED = 'input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="file"]), textarea, select, [contenteditable="true"]';
let waiting = 0;
let lastKey = -Infinity;

const inField = (node) => node instanceof Element && node.matches(TYPED);
const shown = (node) => node.getClientRects().length > 0;

function holder(key) {
  const name = CSS.escape(key);
  const open = document.querySelector("dialog[open], [popover]:popover-open");
  for (const ground of [open, document.getElementById("work"), document]) {
    const found = ground && [...ground.querySelectorAll(`[data-key="${name}"]`)].find(shown);
    if (found) return found;
  }
  return null;
}

function press(node) {
  if (node.getAttribute("aria-disabled") === "true") return node.focus();
  if (inField(node)) {
    node.focus();
    if (node.select) node.select();
  } else if (node.matches("a, button, summary, input")) {
    node.click();
  } else {
    node.focus();
  }
}

function letter(event) {
  const code = /^(?:Key|Digit)(.)$/.exec(event.code);
  if (event.altKey && code) return code[1].toLowerCase();
  if (event.altKey && event.key.startsWith("Arrow")) return `alt+${event.key.slice(5).toLowerCase()}`;
  return event.key.length === 1 ? event.key.toLowerCase() : "";
}

function submitMain(from) {
  const form = from.closest?.("form") || document.querySelector("#work form[data-main-form]");
  if (!form) return false;
  form.requestSubmit(form.querySelector("[data-main]:not([aria-disabled=true])") || undefined);
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.metaKey) return;
  if (event.key === "Enter" && event.ctrlKey) {
    const held = holder("ctrl+enter");
    if (held || submitMain(event.target)) event.preventDefault();
    if (held) press(held);
    return;
  }
  if (event.ctrlKey) return;
  if (event.key === "Escape" && inField(event.target) && !event.target.closest("dialog, [popover]")) {
    event.target.blur();
    return;
  }
  if (inField(event.target) && !event.altKey) return;
  const key = letter(event);
  if (!key) return;
  clearTimeout(waiting);
  if (event.altKey) {
    const held = holder(key);
    if (held) {
      event.preventDefault();
      press(held);
    }
    return;
  }
  const held = key === "/" ? document.getElementById("find") : holder(key);
  if (!held) return;
  event.preventDefault();
  const burst = event.timeStamp - lastKey < SCAN_GAP;
  if (!burst) waiting = setTimeout(() => press(held), SCAN_GAP);
});

// Runs after the reader above: when the last character came outside a field, for telling a scan from a hand.
document.addEventListener("keydown", (event) => {
  if (event.key.length === 1 && !inField(event.target)) lastKey = event.timeStamp;
});
