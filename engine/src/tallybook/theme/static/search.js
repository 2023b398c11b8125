/* Search: looks through searchrecords.js for records that hold every word typed, small words of a question apart; if there is none,
   for those that hold most of them. Nothing is fetched, so it works from disk.
   Case and accents do not count, nor do separators of thousands (260,000 = 260 000 = 260.000); a word may be the beginning
   of one in the text, and an ending of its language may differ. What is
   found in the words of a link comes first, whole words before beginnings. Of chapters and claims, the group with the better match
   comes first, and the other next; all other groups follow in the order of the file. */
(() => {
"use strict";
const SHOWN = 6, BEFORE = 12, AROUND = 34; // results before the fold; words of an excerpt
// What may differ at the end of a word, accents folded.
const ENDING = document.documentElement.lang.startsWith("fr") ? /(?<=\w{4})(ees?|es|s|x|e|er|ent)$/ : /(?<=\w{4})(ing|ed|es|s|e)$/;
const form = document.querySelector("form[role=search]"), status = document.getElementById("search-progress");
const box = document.getElementById("search-results");
let groups = null;

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  .replace(/œ/g, "oe").replace(/[‘’]/g, "'").replace(/−/g, "-").replace(/€/g, " eur ").replace(/\$/g, " usd ")
  .replace(/(\d)(?:[,\s](?=\d{3}(?!\d))|\.(?=000(?!\d)))/g, "$1").replace(/(\d),(?=\d)/g, "$1.").replace(/(\d)\s*%/g, "$1 %");
const shown = (number) => number.toLocaleString(document.documentElement.lang);
const make = (name, text, more) => Object.assign(document.createElement(name), text ? { textContent: text } : {}, more);

/* The records come when somebody begins to search. */
async function load() {
  await window.loadScript(form.dataset.records);
  if (groups) return;
  groups = window.searchRecords;
  for (const group of groups) for (const record of group.records) record.text = [fold(`${record[1]} ${record[4] || ""}`), fold(`${record[2]} ${record[3]}`)];
}

/* Two patterns for a word: whole, and as a beginning. A figure does not begin within another (21 is not in 0.21). */
function patterns(word) {
  const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const start = "(?<![\\p{L}\\p{N}]|\\d[.,])", stem = /^\p{L}+$/u.test(word) ? word.replace(ENDING, "") : word;
  return [new RegExp(`${start}${literal(word)}(?![\\p{L}\\p{N}]|\\.\\d)`, "u"), new RegExp(start + literal(stem), "u")];
}
/* The words of a query, without signs around them and without what French leaves of an article (l'emploi). */
const split = (query) => [...new Set(fold(query).split(/\s+/).map((word) => word.replace(/^[^\p{L}\p{N}%]+|[^\p{L}\p{N}%]+$/gu, "")
  .replace(/^(?:[cdjlmnst]|qu)'(?=\p{L}{3})/u, "")))].filter(Boolean);
/* The words of a question that say what it is about; all of them if there are no others. */
const small = new Set(_("a about an and are as at by come comes do does for from how if in is it many much of on or right said that the their them there they to true was were what when where which who why with").split(" "));
function telling(query) {
  const all = split(query), left = all.filter((word) => !small.has(word));
  return left.length ? left : all;
}

/* 0 if fewer than `least` of the words are there; else the higher the better. */
function score(record, words, least) {
  let sum = 0, there = 0;
  const [link, under] = record.text;
  for (const [whole, start] of words) {
    const points = whole.test(link) ? 6 : start.test(link) ? 4 : whole.test(under) ? 2 : start.test(under) ? 1 : 0;
    sum += points;
    there += points > 0;
  }
  return there < least ? 0 : sum;
}

/* Text with the words found marked; a long one is cut to the first place where most of them stand close together. */
function excerpt(text, words) {
  const all = text.split(" "), hit = all.map((piece) => words.flatMap(([, start], i) => start.test(fold(piece)) ? [i] : []));
  const near = hit.map((at, i) => at.length && new Set(hit.slice(i, i + 4).flat()).size);
  const long = all.length > AROUND + BEFORE, place = near.indexOf(Math.max(...near)) - BEFORE;
  const first = long ? Math.max(0, Math.min(place, all.length - AROUND)) : 0, last = long ? first + AROUND : all.length, part = make("p");
  if (first) part.append("… ");
  for (let i = first; i < last; i++) part.append(hit[i].length ? make("mark", all[i]) : all[i], i < last - 1 ? " " : "");
  if (last < all.length) part.append(" …");
  return part;
}

function list(records, group, words) {
  const ul = make("ul", "", { className: "found" });
  for (const [where, title, under, more] of records) {
    const li = make("li");
    li.append(make("a", title, { href: group.base + where }));
    if (group.within && more) li.append(" ", make("small", _("in: {page}").replace("{page}", () => more)));
    if (under) li.append(excerpt(under, words));
    ul.append(li);
  }
  return ul;
}

async function search(query) {
  const asked = telling(query), said = [];
  if (asked.length) await load();
  if (query !== form.elements.q.value) return; // something else was typed meanwhile
  box.replaceChildren();
  status.replaceChildren();
  if (!asked.length) return;
  const words = asked.map(patterns);
  const finds = (least) => groups.map((group) => {
    const scored = group.records.map((record) => [score(record, words, least), record]).filter(([points]) => points).sort((a, b) => b[0] - a[0]);
    return { group, found: scored.map(([, record]) => record), rank: group.leads && scored.length ? scored[0][0] : 0 };
  }).filter(({ found }) => found.length).sort((a, b) => b.rank - a.rank);
  let results = finds(words.length);
  const most = !results.length && words.length > 1;
  if (most) results = finds(Math.ceil(words.length / 2));
  for (const { group, found } of results) {
    const count = `${shown(found.length)} ${found.length === 1 ? group.one : group.many}`, id = `found-${group.id}`;
    const part = make("div", "", { id });
    part.append(make("h2", count[0].toUpperCase() + count.slice(1)), list(found.slice(0, SHOWN), group, words));
    if (found.length > SHOWN) {
      const rest = make("details", "", { className: "more" });
      rest.append(make("summary", _("The other {count}").replace("{count}", shown(found.length - SHOWN))), list(found.slice(SHOWN), group, words));
      part.append(rest);
    }
    box.append(part);
    said.push(make("a", count, { href: `#${id}` }));
  }
  status.append(said.length ? `${most ? _("No place holds all of these words. Most of them:") : _("Found:")} ` : _("Nothing holds all of: {words}. Fewer or shorter words find more.").replace("{words}", () => query.trim()));
  said.forEach((link, i) => status.append(i ? (i < said.length - 1 ? ", " : ` ${_("and")} `) : "", link));
  if (said.length) status.append(".");
}

/* What is typed stays in the address, so that coming back shows the same results. */
function run() {
  const query = form.elements.q.value;
  search(query);
  try { history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname); } catch (e) { /* from disk it may be refused */ }
}
let pause = 0;
form.addEventListener("focusin", load);
form.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(run, 150); });
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(pause); run(); });
form.elements.q.value = new URLSearchParams(location.search).get("q") || form.elements.q.value;
search(form.elements.q.value);
})();
