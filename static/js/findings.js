// Through the findings of a claim by j and k: each is lit at its line, its box and in the list.
const TYPED = "input, textarea, select, [contenteditable=true], dialog[open], [popover]";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if ((event.key !== "j" && event.key !== "k") || event.target.closest?.(TYPED)) return;
  const all = [...document.querySelectorAll("[data-findings] > .finding")];
  if (!all.length) return;
  event.preventDefault();
  const now = all.findIndex((finding) => finding.contains(document.activeElement) || finding.getAttribute("aria-current") === "true");
  const step = event.key === "j" ? 1 : -1;
  const next = all[now < 0 ? (step > 0 ? 0 : all.length - 1) : (now + step + all.length) % all.length];
  for (const finding of all) finding.toggleAttribute("aria-current", false);
  next.setAttribute("aria-current", "true");
  (next.querySelector("a.pin") ?? next).focus();
  next.scrollIntoView({ block: "nearest" });
  const pin = next.querySelector("a.pin");
  // its box may be on another page of the claim, which is not on view
  const here = pin && pin.pathname === location.pathname && pin.search === location.search && pin.hash !== "#coded";
  if (here) document.getElementById(pin.hash.slice(1))?.scrollIntoView({ block: "nearest" });
});
