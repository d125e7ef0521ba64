/* The bench: the scan line always has the caret, a lone digit or letter acts at once, times count on between draws,
   a stop is heard. Every scan is one request; what is scanned meanwhile waits its turn. */
const bench = document.getElementById("bench");
const input = document.getElementById("scan");
const LONE = 140; // a scanner's next character comes sooner
const KEYS = /^[0-9ulp]$/;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function setUp() {
  const times = JSON.parse(bench.dataset.times);
  let offset = 0;
  const heardNow = () => {
    const now = (document.getElementById("live") ?? bench).dataset.now;
    const due = document.getElementById("due")?.dataset.now;
    const latest = [now, due].filter(Boolean).sort().at(-1);
    if (latest) offset = Date.parse(latest) - Date.now();
  };

  const fill = (words, values) => words.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
  const words = (until, now) => {
    const late = now > until;
    const minutes = Math.ceil(Math.floor(Math.abs(until - now) / 1000) / 60);
    if (minutes === 0) return times.now;
    const kind = late ? "late" : "in";
    const hours = Math.floor(minutes / 60);
    if (hours < 1) return fill(times[`${kind}_min`], { minutes });
    if (minutes < 2880) return fill(times[`${kind}_h`], { hours, minutes: String(minutes % 60).padStart(2, "0") });
    return fill(times[`${kind}_d`], { days: Math.floor(minutes / 1440), hours: hours % 24 });
  };

  function count() {
    const now = Date.now() + offset;
    for (const node of bench.querySelectorAll("[data-until]")) {
      const until = Date.parse(node.dataset.until);
      const ink = until < now ? "block" : until <= now + 900000 ? "warn" : "";
      if (node instanceof SVGElement) {
        const since = Date.parse(node.dataset.since ?? "");
        const left = until <= now || !(since < until) ? 100 : Math.round((100 * (until - now)) / (until - since));
        node.firstElementChild.setAttribute("width", Math.min(100, left));
        node.toggleAttribute("data-late", until < now);
      } else {
        const said = words(until, now);
        if (node.textContent !== said) node.textContent = said;
        if (!node.classList.contains("t")) continue;
      }
      if (ink) node.dataset.severity = ink;
      else delete node.dataset.severity;
    }
  }

  // Two tones, the second lower: nothing like the scanner's own beep. Made here, so that no file is fetched.
  let ear = null;
  function sound() {
    bench.dataset.sounded = String(Number(bench.dataset.sounded ?? 0) + 1);
    if (!navigator.userActivation?.hasBeenActive) return;
    ear ??= new AudioContext();
    [[660, 0], [330, 0.18]].forEach(([pitch, after]) => {
      const tone = ear.createOscillator();
      const loudness = ear.createGain();
      tone.type = "square";
      tone.frequency.value = pitch;
      loudness.gain.value = 0.12;
      tone.connect(loudness).connect(ear.destination);
      tone.start(ear.currentTime + after);
      tone.stop(ear.currentTime + after + 0.16);
    });
  }

  const form = document.getElementById("scan-form");
  const locked = "locked" in bench.dataset;
  const waiting = [];
  let busy = false;
  const kept = document.createElement("input");
  const pressed = document.createElement("input");
  kept.type = pressed.type = "hidden";
  kept.name = "text";

  function send(text) {
    if (busy) {
      waiting.push(text);
      return;
    }
    kept.value = text;
    form.requestSubmit();
  }

  if (form && !locked) {
    input.removeAttribute("name");
    form.append(kept);
    form.addEventListener("submit", (event) => {
      pressed.remove();
      if (!event.submitter?.name) return;
      // a button outside the form says what it is by a field inside
      kept.value = "";
      pressed.name = event.submitter.name;
      pressed.value = event.submitter.value;
      form.append(pressed);
    }, true);
  }

  /* What is done on a screen of its own has its key too. */
  function leads(key) {
    const link = KEYS.test(key) && document.querySelector(`#live a[data-key="${key}"]`);
    if (link) link.click();
    return Boolean(link);
  }

  let lone = 0;
  input?.addEventListener("input", () => {
    clearTimeout(lone);
    if (locked || !KEYS.test(input.value)) return;
    const wants = document.getElementById("question")?.dataset.wants;
    if (wants === "volume" || wants === "draw") return;
    lone = setTimeout(() => {
      const key = input.value;
      if (!KEYS.test(key)) return;
      input.value = "";
      if (key === "l") document.getElementById("lock")?.requestSubmit();
      else if (!leads(key)) send(key);
    }, LONE);
  });

  const rows = () => [...bench.querySelectorAll("#board tbody tr[data-number]")];
  const chosen = () => rows().find((row) => row.dataset.chosen !== undefined);

  input?.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = rows();
      if (!all.length) return;
      event.preventDefault();
      const now = all.indexOf(chosen());
      const to = event.key === "ArrowDown" ? Math.min(all.length - 1, now + 1) : Math.max(0, now - 1);
      if (all[now]) delete all[now].dataset.chosen;
      all[to].dataset.chosen = "";
      all[to].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && !locked) {
      event.preventDefault();
      clearTimeout(lone);
      const text = input.value;
      input.value = "";
      const question = document.getElementById("question");
      const nothing = !document.querySelector("#hand .held");
      const row = text ? null : chosen() ?? (nothing && !question ? rows()[0] : null);
      if (leads(text)) return;
      if (text || row || question) send(row ? row.dataset.number : text);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (input.value) input.value = "";
      else leave();
    }
  });

  function leave() {
    const stop = document.getElementById("stop");
    if (stop) stop.remove();
    else document.querySelector("[data-cancel]")?.click();
    input?.focus();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-understood]")) leave();
  });

  // Whatever is pressed outside a field goes to the scan line, so that the hand never has to look for it.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const here = event.target;
    if (here.matches?.("input, textarea, select, [contenteditable]") || here.closest?.("dialog, [popover]")) {
      if (event.key === "Escape" && here !== input && here.closest?.("#live")) leave();
      return;
    }
    if (event.key === "Escape") leave();
    else if (event.key.length === 1 && event.key !== "?" && event.key !== "/") input?.focus();
  }, true);

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target === form) busy = true;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form) return;
    busy = false;
    if (event.detail.failed && !event.detail.xhr.status) bench.dataset.lost = "";
    else delete bench.dataset.lost;
    const next = waiting.shift();
    if (next !== undefined) send(next);
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.target.id !== "due") return;
    const before = chosen()?.dataset.number;
    if (before) bench.dataset.chose = before;
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    heardNow();
    count();
    if (event.target.id === "due" || document.getElementById("due")) {
      const again = rows().find((row) => row.dataset.number === bench.dataset.chose);
      if (again && event.target.id === "due") again.dataset.chosen = "";
      delete bench.dataset.chose;
    }
    // the seen of a hand that someone else changed comes with its pane
    const pane = document.querySelector("#hand > [name=seen]");
    if (pane) {
      document.querySelector("#live > [name=seen]").value = pane.value;
      pane.remove();
    }
    if (event.target.id !== "live") return;
    bench.dataset.heard = String(Number(bench.dataset.heard ?? 0) + 1);
    if (document.querySelector("#stop[data-sound]")) sound();
    if (document.getElementById("pin")) document.getElementById("pin").focus();
    else if (!document.activeElement?.matches("#live input, #live select")) input?.focus();
  });

  heardNow();
  count();
  setInterval(count, calm.matches ? 10000 : 1000);
  document.addEventListener("visibilitychange", count);
  if (document.querySelector("#stop[data-sound]")) sound();
  if (!document.getElementById("pin")) input?.focus();
}

if (bench) setUp();
