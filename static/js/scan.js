/* A scan from anywhere lands in the screen's own scan line, else in the find field. A scanner types faster than a hand (under 50 ms a character) and ends with Enter.
   A field that takes scans itself says data-scan="own". What a scan typed into another field is taken out of it again. */
const GAP = 50;
const LEAST = 5;
let text = "";
let last = 0;
let before = null;

const find = () => document.querySelector('#work [data-scan="own"]') ?? document.getElementById("find");
const field = (node) => (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement ? node : null);

document.addEventListener("keydown", (event) => {
  const target = find();
  const here = field(event.target);
  if (!target || here === target || here?.dataset.scan === "own" || event.ctrlKey || event.metaKey || event.altKey) {
    text = "";
    return;
  }
  const quick = event.timeStamp - last < GAP;
  if (event.key === "Enter") {
    if (quick && text.length >= LEAST) {
      event.preventDefault();
      event.stopPropagation();
      if (here && before !== null) here.value = before;
      target.value = text;
      target.form.requestSubmit();
    }
    text = "";
    return;
  }
  if (event.key.length !== 1) return;
  if (!quick) {
    text = "";
    before = here ? here.value : null;
  }
  text += event.key;
  last = event.timeStamp;
}, { capture: true });
