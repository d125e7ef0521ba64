/* What the server answers to htmx: its token goes along; an error page is a notice over the work, announced and in view;
   an answer that never came is said too. A screen that shows its own errors at the field sends HX-Retarget and HX-Reswap. */
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = meta("csrf-token");
});

function unheard() {
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.role = "alert";
  notice.dataset.severity = "block";
  notice.textContent = meta("said-lost");
  document.getElementById("notices")?.replaceChildren(notice);
}
document.addEventListener("htmx:sendError", unheard);
document.addEventListener("htmx:timeout", unheard);

// A notice of an earlier try goes when a new one is answered well.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.detail.requestConfig.verb !== "get") document.getElementById("notices")?.replaceChildren();
});

// A form that came back with errors puts the list of them in focus, so that it is read first.
document.querySelector("[data-focus]")?.focus();
