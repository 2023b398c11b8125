/* What the pages do beyond reading: the colour toggle, the card of a number, the current heading in the contents,
   code that can be scrolled from the keyboard. README: one listener per event on the document,
   no library; without this file every number is a link and everything can be read. */
(() => {
"use strict";
const root = document.documentElement;

/* ---- a script that is loaded when it is wanted, once; again after a failure. search.js uses it too ---- */
const loading = new Map();
window.loadScript = (src) => {
  if (!loading.has(src)) {
    loading.set(src, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = src;
      script.onload = resolve;
      script.onerror = () => { loading.delete(src); script.remove(); reject(new Error(src)); };
      document.head.append(script);
    }));
  }
  return loading.get(src);
};

/* ---- light and dark ---- */
const button = document.querySelector(".toggle");
const system = matchMedia("(prefers-color-scheme: dark)");
const stored = () => { try { return localStorage.getItem("theme"); } catch (e) { return null; } };

function setTheme(theme) {
  root.setAttribute("data-theme", theme);
  if (button) button.setAttribute("aria-pressed", String(theme === "dark"));
}
if (button) {
  button.setAttribute("aria-pressed", String(root.getAttribute("data-theme") === "dark"));
  button.addEventListener("click", () => {
    const theme = root.getAttribute("data-theme") === "dark" ? "light" : "dark";
    try { localStorage.setItem("theme", theme); } catch (e) { /* the choice lasts as long as the page */ }
    setTheme(theme);
  });
}
system.addEventListener("change", (event) => { if (!stored()) setTheme(event.matches ? "dark" : "light"); });

/* ---- the chapter that one reads, where their names scroll ---- */
const here = document.querySelector(".chapters [aria-current]"), names = here?.closest("nav");
if (here) names.scrollLeft = here.offsetLeft - names.offsetLeft - names.clientWidth / 3;

/* ---- the other language: the same place of the same page, with what the address holds ---- */
function placeNow() {
  const at = [...document.querySelectorAll("main :is(section, figure, details, tr)[id]")].filter((one) => one.offsetParent && one.getBoundingClientRect().top < innerHeight / 3);
  return scrollY > 0 && at.length ? "#" + at[at.length - 1].id : location.hash;
}
for (const other of document.querySelectorAll("a.language")) {
  const home = other.href;
  for (const kind of ["pointerdown", "focus", "click"]) other.addEventListener(kind, () => { other.href = home + location.search + placeNow(); });
}

/* ---- the card of a number, a verdict, a word or a source: a popover, which the browser closes by Escape and by a click elsewhere ---- */
const OPEN_AFTER = 120, CLOSE_AFTER = 320;
let open = null, wanted = null, pressed = null, timer = 0; // links: of the open card, of the next, and of an open card under a click

const linkAt = (event) => event.target instanceof Element ? event.target.closest("a[data-card]") : null;
const cardOf = (a) => a && document.getElementById(a.dataset.card);
const entered = () => cardOf(open)?.contains(document.activeElement);
const later = (action, delay) => { clearTimeout(timer); timer = setTimeout(action, delay); };

const holder = document.querySelector(".cards");
for (const a of document.querySelectorAll("data.num a")) a.dataset.card = "card-" + decodeURIComponent(a.hash.slice(1));
for (const a of holder ? document.querySelectorAll("a[data-card]") : []) {
  a.setAttribute("aria-haspopup", "dialog");
  a.setAttribute("aria-expanded", "false");
}

/* The cards of the page come with the first that is wanted. */
async function load() {
  await window.loadScript(holder.dataset.file).catch(() => {}); // without them each link is a link
  if (!holder.firstChild) holder.innerHTML = window.reportCards ?? "";
}

/* Whoever presses a link is led into its card; who points at it is not. */
async function show(a, press) {
  wanted = a;
  await load();
  if (wanted !== a) return;
  const card = cardOf(a);
  if (!card) { if (press) location.assign(a.href); return; } // a link whose card is missing is a link
  if (a !== open) {
    hide();
    const head = a.closest("data") && card.querySelector(".big");
    if (head) head.textContent = a.textContent; // what the sentence prints: the value, or its interval
    a.setAttribute("aria-expanded", "true"); // which makes it the anchor of the card in the style sheet
    card.showPopover({ source: a }); // Tab goes from the link through the card to what follows
    open = a;
  }
  if (press) card.focus({ preventScroll: true });
}

function hide() {
  wanted = null;
  if (open) cardOf(open).hidePopover();
}

if (holder) {
  holder.addEventListener("beforetoggle", (event) => {
    if (event.newState !== "closed" || event.target !== cardOf(open)) return;
    open.setAttribute("aria-expanded", "false");
    open = null;
  }, true);
  document.addEventListener("pointerdown", (event) => { pressed = entered() ? open : null; }, true);
  document.addEventListener("click", (event) => {
    const a = linkAt(event);
    if (!a || event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab shows the number's own place
    event.preventDefault();
    clearTimeout(timer);
    if (a === pressed && event.detail) hide(); else show(a, true);
  });
  document.addEventListener("pointerover", (event) => {
    const a = linkAt(event);
    if (event.pointerType !== "mouse" || entered()) return;
    if (a && a !== open) later(() => show(a), OPEN_AFTER);
    else if (a || cardOf(open)?.contains(event.target)) clearTimeout(timer);
    else if (open || wanted) later(() => { if (!entered()) hide(); }, CLOSE_AFTER);
  });
  document.addEventListener("focusin", (event) => {
    if (open && event.target !== open && !cardOf(open).contains(event.target)) hide();
  });
}

/* ---- a verdict in a table of claims opens what stands folded under its claim ---- */
document.addEventListener("click", (event) => {
  const chip = event.target instanceof Element && event.target.closest("table.claims a.v");
  const fold = chip && chip.closest("tr").querySelector("details");
  if (!fold || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  fold.open = true;
  fold.querySelector("summary").focus();
});

/* ---- what a reader would quote ---- */
window.copyText = async (text) => {
  if (navigator.clipboard) { await navigator.clipboard.writeText(text); return true; }
  const area = document.createElement("textarea"); // a page that did not come over TLS has no clipboard
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
};
/* A button says for a while what became of its action. */
window.answering = (button, act) => {
  const words = button.textContent;
  button.addEventListener("click", async () => {
    button.textContent = await act().catch(() => false) ? _("Copied") : _("Could not copy");
    setTimeout(() => { button.textContent = words; }, 2500);
  });
};

for (const line of document.querySelectorAll(".may-write li")) {
  const words = line.textContent.trim().replace(/^[“«]\s*|\s*[”»]$/g, ""), copy = document.createElement("button");
  Object.assign(copy, { type: "button", className: "copy", textContent: _("Copy") });
  window.answering(copy, () => window.copyText(words));
  line.append(" ", copy);
}

/* ---- contents: the heading one is reading; on a phone they close when a heading is chosen ---- */
document.addEventListener("click", (event) => {
  if (event.target instanceof Element) event.target.closest(".contents.fold a")?.closest("details")?.removeAttribute("open");
});
const entries = new Map();
for (const a of document.querySelectorAll(".side .contents a[href^='#']")) {
  const target = document.getElementById(decodeURIComponent(a.hash.slice(1)));
  if (target) entries.set(target, a);
}
if (entries.size && "IntersectionObserver" in window) {
  const seen = new Set();
  const observer = new IntersectionObserver((changes) => {
    for (const change of changes) seen[change.isIntersecting ? "add" : "delete"](change.target);
    const current = [...entries.keys()].filter((target) => seen.has(target)).pop();
    if (current) for (const [target, a] of entries) {
      if (target === current) a.setAttribute("aria-current", "true"); else a.removeAttribute("aria-current");
    }
  }, { rootMargin: "0px 0px -70% 0px" });
  for (const target of entries.keys()) observer.observe(target);
}

/* ---- code wider than its column can be scrolled with the arrow keys ---- */
function reach(part) {
  for (const pre of part.querySelectorAll("pre")) {
    // To measure what is folded the browser would have to lay it out: that waits until it is opened.
    if (!pre.closest("details:not([open])") && pre.scrollWidth > pre.clientWidth) pre.tabIndex = 0;
  }
}
reach(document);
document.addEventListener("toggle", (event) => { if (event.target instanceof Element) reach(event.target); }, true);
addEventListener("resize", () => reach(document));
})();
