/* The filters of a long list, which stand in the address too, so that a choice can be shared; what the address asks
   for and the list does not have is left out. Whoever comes with a choice, or asks for it by the button, is led to what is left.
   The form says what is a row (filters.py). Without JavaScript the whole list stands. */
(() => {
"use strict";
const form = document.querySelector("form.filters[data-rows]");
const rows = form ? [...document.querySelectorAll(form.dataset.rows)] : [];
if (!rows.length) return;
const count = form.querySelector("output");
const fields = [...form.elements].filter((field) => field.name);
const choices = fields.filter((field) => field.tagName === "SELECT");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe");
const shown = (number) => number.toLocaleString(document.documentElement.lang);
let texts = null;

const value = (row, name) => row.closest(`[data-${name}]`)?.dataset[name] ?? "";
const values = new Map(choices.map((field) => [field, new Map(rows.map((row) => [row, value(row, field.name)]))]));

function textOf(row) {
  texts ??= new Map(rows.map((each) => [each, plain(each.textContent)]));
  return texts.get(row);
}

function apply() {
  const words = plain(form.elements.words?.value ?? "").split(/\s+/).filter(Boolean);
  let left = 0;
  for (const row of rows) {
    const fits = choices.every((field) => !field.value || values.get(field).get(row) === field.value);
    row.hidden = !(fits && words.every((word) => textOf(row).includes(word)));
    left += !row.hidden;
  }
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
  apply();
  place.scrollIntoView();
}

const asked = new URLSearchParams(location.search);
for (const field of fields) {
  const wanted = asked.get(field.name);
  if (wanted && (!field.options || [...field.options].some((one) => one.value === wanted))) field.value = wanted;
}
form.addEventListener("input", apply);
form.addEventListener("reset", () => setTimeout(apply));
form.addEventListener("submit", (event) => { event.preventDefault(); jump(); });
addEventListener("hashchange", reveal);
form.hidden = false;
apply();
if (fields.some((field) => field.value) && !location.hash) jump();
reveal();
})();
