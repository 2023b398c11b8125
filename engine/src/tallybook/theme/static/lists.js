/* The filters of a long list and its order, which stand in the address too, so that a choice can be shared; what the address asks
   for and the list does not have is left out. Whoever comes with a choice, or asks for it by the button, is led to what is left.
   The form says what is a row, and what its fields go by (filters.py). Without JavaScript the whole list stands. */
(() => {
"use strict";
const form = document.querySelector("form.filters[data-rows]");
const ROWS = form?.dataset.rows, rows = form ? [...document.querySelectorAll(ROWS)] : [];
if (!rows.length) return;
const count = form.querySelector("output"), groups = form.dataset.groups ? [...document.querySelectorAll(form.dataset.groups)] : [];
const fields = [...form.elements].filter((field) => field.name), sort = form.elements.sort;
const choices = fields.filter((field) => field.tagName === "SELECT" && field !== sort);
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe");
const shown = (number) => number.toLocaleString(document.documentElement.lang);
const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
const groupOf = (row) => groups.find((group) => group.contains(row));
const sorted = groups.length && form.dataset.whole ? groups : rows;
const first = new Map(sorted.map((row, at) => [row, at]));
let texts = null;

/* What a row has for a field: the text or an attribute of a part, or what it or its group is marked with. */
function value(row, name) {
  const known = form.dataset[name];
  if (!known) return row.closest(`[data-${name}]`)?.dataset[name] ?? "";
  const [part, attribute] = known.split("@");
  const found = row.querySelector(part);
  return (attribute ? found?.getAttribute(attribute) : found?.textContent.trim()) ?? "";
}
const values = new Map(choices.map((field) => [field, new Map(rows.map((row) => [row, value(row, field.name)]))]));

function textOf(row) {
  texts ??= new Map(rows.map((each) => [each, plain(`${each.textContent} ${groupOf(each)?.querySelector("h2").textContent ?? ""}`)]));
  return texts.get(row);
}

/* A choice goes by the order of its options, all else by the alphabet, and by numbers in it. */
function arrange() {
  const wanted = sort?.value ?? "", name = wanted.replace("-", ""), back = wanted.startsWith("-") ? -1 : 1;
  const choice = form.elements[name], options = choice && choice !== sort ? [...choice.options].map((one) => one.value) : null;
  const keys = new Map(sorted.map((row) => [row, wanted && value(row, name)]));
  const compare = options ? (a, b) => options.indexOf(a) - options.indexOf(b) : order;
  const all = [...sorted].sort((a, b) => (wanted && back * compare(keys.get(a), keys.get(b))) || first.get(a) - first.get(b));
  for (const row of all) row.parentElement.append(row);
}

function apply() {
  const words = plain(form.elements.words?.value ?? "").split(/\s+/).filter(Boolean);
  let left = 0;
  for (const row of rows) {
    const fits = choices.every((field) => !field.value || values.get(field).get(row) === field.value);
    row.hidden = !(fits && words.every((word) => textOf(row).includes(word)));
    left += !row.hidden;
  }
  for (const group of groups) group.hidden = rows.every((row) => row.hidden || !group.contains(row));
  count.textContent = form.dataset.count.replace("{left}", shown(left)).replace("{count}", shown(rows.length));
  const query = new URLSearchParams(fields.filter((field) => field.value).map((field) => [field.name, field.value])).toString();
  try { history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash); } catch (e) { /* a page on disk may keep its address */ }
}

/* The count stands above the first row that is left. */
function jump() {
  count.focus({ preventScroll: true });
  count.scrollIntoView();
}

function target() {
  try { return document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (e) { return null; /* no address of ours */ }
}

/* A link to a row that the filters hide shows all rows again. */
function reveal() {
  const place = target();
  if (!place?.closest("[hidden]")) return;
  form.reset();
  arrange();
  apply();
  place.scrollIntoView();
}

const asked = new URLSearchParams(location.search);
for (const field of fields) {
  const wanted = asked.get(field.name);
  if (wanted && (!field.options || [...field.options].some((one) => one.value === wanted))) field.value = wanted;
}
form.addEventListener("input", (event) => { if (event.target === sort) arrange(); apply(); });
form.addEventListener("reset", () => setTimeout(() => { arrange(); apply(); }));
form.addEventListener("submit", (event) => { event.preventDefault(); jump(); });
addEventListener("hashchange", reveal);
form.hidden = false;
if (sort?.value) arrange();
apply();
if (fields.some((field) => field.value) && !location.hash) jump();
reveal();
})();
