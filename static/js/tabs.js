/* Where tabs do not fit they scroll: the one that is open is in view. */
for (const open of document.querySelectorAll(".tabs [aria-current]")) {
  const strip = open.closest(".tabs");
  strip.scrollLeft = open.offsetLeft - (strip.clientWidth - open.offsetWidth) / 2;
}
