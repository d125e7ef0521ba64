/* The map of the mouth: a point chooses its site in the list, the list marks its point. The list alone is enough. */
for (const map of document.querySelectorAll("svg.mouth[data-picks]")) {
  const list = document.getElementById(map.dataset.picks);
  const points = [...map.querySelectorAll("[data-site]")];
  const mark = () => {
    for (const point of points) point.toggleAttribute("data-marked", point.dataset.site === list.value);
  };
  list?.addEventListener("change", mark);
  list?.addEventListener("input", mark);
  map.addEventListener("click", (event) => {
    const point = event.target.closest("[data-site]");
    if (!point || !list) return;
    list.value = point.dataset.site;
    list.dispatchEvent(new Event("change", { bubbles: true }));
    list.focus();
  });
}
