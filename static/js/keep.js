/* Going back loses nothing that was typed: a form marked data-keep keeps its fields in this tab (sessionStorage) until it is
   sent, discarded, or its person logs out. Passwords, files and hidden fields are never kept. */
const name = (form) => `keep:${location.pathname}:${form.id || form.getAttribute("action") || ""}`;
const said = (what) => document.querySelector(`meta[name="said-${what}"]`)?.content ?? "";
const kept = (form) => [...form.elements].filter((field) => field.name && !field.matches('[type="hidden"], [type="password"], [type="file"], button, fieldset'));
const value = (field) => (field.matches('[type="checkbox"], [type="radio"]') ? field.checked : field.value);

function put(field, what) {
  if (field.matches('[type="checkbox"], [type="radio"]')) field.checked = what;
  else field.value = what;
}

function remember(form) {
  sessionStorage.setItem(name(form), JSON.stringify(kept(form).map((field) => [field.name, value(field)])));
}

function tell(form) {
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.role = "status";
  const words = document.createElement("span");
  words.textContent = said("restored");
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "button";
  discard.dataset.small = "";
  discard.textContent = said("discard");
  discard.addEventListener("click", () => {
    sessionStorage.removeItem(name(form));
    form.reset();
    notice.remove();
  });
  notice.append(words, discard);
  document.getElementById("notices")?.append(notice);
}

function restore(form) {
  const text = sessionStorage.getItem(name(form));
  if (!text || form.querySelector("[aria-invalid=true]")) return;
  const fields = kept(form);
  let changed = false;
  JSON.parse(text).forEach(([which, what], at) => {
    if (fields[at]?.name !== which || value(fields[at]) === what) return;
    put(fields[at], what);
    changed = true;
  });
  if (changed) tell(form);
}

for (const form of document.querySelectorAll("form[data-keep]")) {
  restore(form);
  form.addEventListener("input", () => remember(form));
  form.addEventListener("change", () => remember(form));
  form.addEventListener("submit", () => sessionStorage.removeItem(name(form)));
}
for (const form of document.querySelectorAll("form[data-forget]")) {
  form.addEventListener("submit", () => sessionStorage.clear());
}
