/* What the pages do beyond reading: the colour toggle, the card of a number, the current heading in the contents,
   code that can be scrolled from the keyboard, folds that open in print. README: one listener per event on the document,
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

/* ---- the other language: the same place of the same page, with what the address holds ---- */
function placeNow() {
  if (location.hash.startsWith("#argue=")) return location.hash;
  const at = [...document.querySelectorAll("main :is(section, figure, details, tr)[id]")].filter((one) => one.offsetParent && one.getBoundingClientRect().top < innerHeight / 3);
  return scrollY > 0 && at.length ? "#" + at[at.length - 1].id : location.hash;
}
for (const other of document.querySelectorAll("a.language")) {
  const home = other.href;
  for (const kind of ["pointerdown", "focus", "click"]) other.addEventListener(kind, () => { other.href = home + location.search + placeNow(); });
}

/* ---- the card of a number, a verdict, a word or a source ---- */
const OPEN_AFTER = 120, CLOSE_AFTER = 320, EDGE = 12, GAP = 6;
let card = null, link = null, pinned = false, timer = 0, touch = false, wish = null;

const linkAt = (event) => event.target instanceof Element ? event.target.closest("a[data-card]") : null;
const cardOf = (a) => document.getElementById(a.dataset.card);
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
  if (holder.firstChild || !window.reportCards) return;
  holder.innerHTML = window.reportCards;
  for (const a of document.querySelectorAll("a[data-card]")) if (cardOf(a)) a.setAttribute("aria-controls", a.dataset.card);
}

function open(a, pin = false) {
  clearTimeout(timer);
  if (!holder) return;
  if (!holder.firstChild) {
    wish = [a, pin];
    load().then(() => { if (holder.firstChild && wish) open(...wish); else if (wish && wish[1]) location.assign(wish[0].href); });
    return;
  }
  wish = null;
  const wanted = cardOf(a);
  if (!wanted && pin) location.assign(a.href); // a link whose card is missing is a link
  if (!wanted) return;
  if (a === link) { pinned ||= pin; return; }
  close();
  card = wanted; link = a; pinned = pin;
  const head = a.closest("data") && card.querySelector(".big");
  if (head) head.textContent = a.textContent; // what the sentence prints: the value, or its interval
  card.classList.add("open");
  place();
  link.setAttribute("aria-expanded", "true");
}

function close(giveBackFocus) {
  clearTimeout(timer);
  wish = null;
  if (!card) return;
  const inside = card.contains(document.activeElement);
  const [oldCard, oldLink] = [card, link];
  card = link = null; pinned = false;
  oldCard.classList.remove("open");
  oldLink.setAttribute("aria-expanded", "false");
  if (inside && giveBackFocus) oldLink.focus();
  if (card) close(); // the focus that went back opens the card: it is closed on purpose
}

/* Where the sentence of a link stands on the screen: the text between full stops, in the smallest block around the link. */
function sentence(a) {
  const block = a.closest("p,li,dd,dt,td,th,div,figcaption,h1,h2,h3") || a.parentElement;
  const texts = [], walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let whole = "", at = 0;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (a.contains(node) && !at) at = whole.length + 1;
    texts.push([node, whole.length]);
    whole += node.data;
  }
  const before = [...whole.slice(0, at).matchAll(/[.!?…]["”’)]*\s/g)].pop();
  const start = before ? before.index + before[0].length : 0;
  const stop = whole.slice(at).search(/[.!?…]["”’)]*(\s|$)/);
  const end = stop < 0 ? whole.length : at + stop + 1;
  const range = document.createRange();
  const point = (offset) => {
    const [node, from] = texts.filter((text) => text[1] <= offset).pop();
    return [node, Math.min(offset - from, node.length)];
  };
  range.setStart(...point(start));
  range.setEnd(...point(end));
  return range.getBoundingClientRect();
}

/* Below the sentence if there is room, else above it; in a long sentence below or above the line of the number. */
function place() {
  card.style.maxHeight = "";
  const rect = link.getBoundingClientRect(), text = sentence(link);
  const spare = Math.max(0, (parseFloat(getComputedStyle(link.closest("data") || link).lineHeight) || rect.height) - rect.height) / 2;
  const width = card.offsetWidth, height = card.offsetHeight, floor = root.clientHeight - EDGE;
  const bottom = rect.bottom + spare + GAP, top = rect.top - spare - GAP;
  const spots = [
    [Math.max(text.bottom + GAP, bottom), 1], [Math.min(text.top - GAP, top) - height, 0], [bottom, 1], [top - height, 0],
  ];
  const fits = ([y]) => y >= EDGE && y + height <= floor;
  let spot = spots.find((s) => fits(s) && Math.abs(s[0] + (s[1] ? 0 : height) - rect.top) < 190) || spots.slice(2).find(fits);
  if (!spot) {
    const below = floor - bottom, above = top - EDGE, room = Math.max(below, above, 120);
    card.style.maxHeight = room + "px";
    spot = [below >= above ? bottom : top - Math.min(room, height)];
  }
  const left = Math.max(EDGE, Math.min(rect.left - 14, root.clientWidth - width - EDGE));
  card.style.left = left + scrollX + "px";
  card.style.top = spot[0] + scrollY + "px";
}

document.addEventListener("pointerdown", (event) => {
  touch = event.pointerType !== "mouse";
  if (card && !card.contains(event.target) && linkAt(event) !== link) close();
}, true);
document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const a = linkAt(event);
  if (a && a !== link && !pinned) later(() => open(a), OPEN_AFTER);
  else if (card && (a || card.contains(event.target))) clearTimeout(timer);
});
document.addEventListener("pointerout", (event) => {
  if (event.pointerType !== "mouse") return;
  const to = event.relatedTarget;
  if (to instanceof Node && card && (card.contains(to) || link.contains(to))) return;
  if (card) { if (!pinned && !card.contains(document.activeElement)) later(close, CLOSE_AFTER); } else if (linkAt(event)) { clearTimeout(timer); if (wish && !wish[1]) wish = null; }
});
document.addEventListener("click", (event) => {
  const a = linkAt(event);
  if (!a || !holder || event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab shows the number's own place
  event.preventDefault();
  if (a === link && pinned) close(); else open(a, true);
});
document.addEventListener("focusin", (event) => {
  const a = linkAt(event);
  if (a && a.matches(":focus-visible")) open(a);
  else if (card && !touch && !card.contains(event.target) && a !== link) close();
});
document.addEventListener("focusout", (event) => {
  const to = event.relatedTarget;
  if (card && to instanceof Node && !card.contains(to) && to !== link) close();
});
document.addEventListener("keydown", (event) => {
  if (!card) return;
  if (event.key === "Escape") { event.preventDefault(); close(true); return; }
  const links = [...card.querySelectorAll("a[href],button")];
  const at = links.indexOf(document.activeElement);
  const onLink = document.activeElement === link, down = event.key === "ArrowDown", tab = event.key === "Tab";
  if (onLink && links.length && (down || (tab && pinned && !event.shiftKey))) { event.preventDefault(); links[0].focus(); }
  else if (tab && at === 0 && event.shiftKey) { event.preventDefault(); link.focus(); }
  else if (tab && at >= 0 && at === links.length - 1 && !event.shiftKey) {
    // The card stands at the end of the page, but the way on leads to what follows its number in the text.
    const from = link;
    close();
    from.focus({ preventScroll: true });
    close();
  }
});
addEventListener("resize", () => close());

/* ---- what can be copied of a number, a claim or a chart (quote.js): for who asks in its card, or opens its row or its tools ---- */
async function quote(place, id) {
  const wanted = [holder.dataset.file.replace(".cards.", ".quotes."), root.dataset.content_root + "_static/quote.js"];
  await Promise.all(wanted.map(window.loadScript));
  return window.quoteInto(place, id);
}
document.addEventListener("toggle", (event) => {
  const fold = event.target;
  if (holder && fold instanceof Element && fold.open && fold.matches(".tested,.tools details")) quote(fold, fold.closest("tr,figure").id).catch(() => {}); // its small page has it
}, true);
document.addEventListener("click", (event) => {
  const ask = event.target instanceof Element && event.target.closest(".card a[href$='#quote-this']");
  if (!ask || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  quote(card, card.id.slice(5)).then((row) => { ask.remove(); place(); row.firstChild.focus(); }).catch(() => location.assign(ask.href));
});

/* ---- a part of the strip of verdicts leads where the card of its verdict does ---- */
document.addEventListener("click", (event) => {
  const part = event.target instanceof Element && event.target.closest(".strip [data-card]");
  if (part && holder) load().then(() => cardOf(part)?.querySelector(".links a")?.click());
});

/* ---- a verdict in a table of claims opens what stands folded under its claim ---- */
document.addEventListener("click", (event) => {
  const chip = event.target instanceof Element && event.target.closest("table.claims a.v");
  const fold = chip && chip.closest("tr").querySelector("details");
  if (!fold || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  fold.open = true;
  fold.querySelector("summary").focus();
});

/* ---- what a reader would quote of a chapter ---- */
async function copy(text) {
  if (navigator.clipboard) { await navigator.clipboard.writeText(text); return true; }
  const area = document.createElement("textarea"); // a page that did not come over TLS has no clipboard
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
window.copyText = copy;
/* A button says for a while what became of its action. argue.js uses it too. */
window.answering = (button, act) => {
  const words = button.textContent;
  button.addEventListener("click", async () => {
    button.textContent = await act().catch(() => false) ? _("Copied") : _("Could not copy");
    setTimeout(() => { button.textContent = words; }, 2500);
  });
};
for (const made of document.querySelectorAll("button.copy")) {
  made.hidden = false;
  window.answering(made, () => copy(made.dataset.copy));
}

let unfolded = []; // folds that are open for paper alone

/* ---- the panel in which one argues with a verdict: it comes when it is opened, or when the address asks for it ---- */
async function argue(fold) {
  if (!document.querySelector(`link[href="${fold.dataset.style}"]`)) {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = fold.dataset.style;
    document.head.append(style);
  }
  for (const script of fold.dataset.scripts.split(" ")) await window.loadScript(script);
  return window.argue.start(fold);
}
document.addEventListener("toggle", (event) => {
  const fold = event.target;
  if (fold instanceof Element && fold.open && !unfolded.length && fold.matches("details[data-argue]")) argue(fold).catch(() => {}); // the table is there
}, true);
function asked() {
  if (!location.hash.startsWith("#argue=")) return;
  const [[, claim], ...pairs] = new URLSearchParams(location.hash.slice(1));
  const fold = document.querySelector(`details[data-argue="${CSS.escape(claim)}"]`);
  if (!fold) return;
  for (let part = fold; part; part = part.parentElement.closest("details")) part.open = true;
  argue(fold).then((panel) => { panel.read(pairs); (fold.closest("tr") || fold).scrollIntoView(); }).catch(() => {});
}
addEventListener("hashchange", asked);
asked();

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

/* ---- how much of a chapter is shown: remembered, and in the address, so that a choice can be shared ---- */
for (const choice of document.querySelectorAll(".depth input")) {
  choice.checked = choice.value === root.dataset.depth || (!root.dataset.depth && choice.defaultChecked);
  choice.addEventListener("change", () => {
    root.dataset.depth = choice.value;
    try { localStorage.setItem("depth", choice.value); } catch (e) { /* the choice lasts as long as the page */ }
    try { history.replaceState(null, "", choice.defaultChecked ? location.pathname : `?depth=${choice.value}`); } catch (e) { /* from disk it may be refused */ }
  });
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

/* ---- print: what is folded is shown, but for code; a panel as its table ---- */
addEventListener("beforeprint", () => {
  close();
  unfolded = [...document.querySelectorAll("details:is(.more,.argue):not([open])")];
  for (const part of unfolded) part.open = true;
});
addEventListener("afterprint", () => {
  for (const part of unfolded) part.open = false;
  unfolded = [];
});
})();
