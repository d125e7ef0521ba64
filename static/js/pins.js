/* All places of one finding light up together: whatever carries data-pin="2" or data-pins="1 2" (field, evidence, box, list). */
const of = (node) => (node.dataset.pins || node.dataset.pin || "").split(" ").filter(Boolean);

function light(numbers) {
  for (const node of document.querySelectorAll("[data-pin], [data-pins]")) {
    node.toggleAttribute("data-lit", of(node).some((number) => numbers.includes(number)));
  }
}

// What the keyboard is on stays lit when the mouse leaves something else.
const held = () => {
  const node = document.activeElement?.closest("[data-pin], [data-pins]");
  return node ? of(node) : [];
};

for (const [enter, leave] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
  document.addEventListener(enter, (event) => {
    const node = event.target.closest?.("[data-pin], [data-pins]");
    if (node) light(of(node));
  });
  document.addEventListener(leave, (event) => {
    if (event.target.closest?.("[data-pin], [data-pins]") && !event.relatedTarget?.closest?.("[data-pin], [data-pins]")) light(held());
  });
}
