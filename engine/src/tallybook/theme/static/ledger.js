/* The filters of a list of claims, which stand in the address too, so that a choice can be shared. Whoever comes with a choice, or
   asks for it by the button, is led to what is left. Without JavaScript the whole list stands. */
(() => {
"use strict";
const form = document.querySelector(".ledger .filters");
const rows = [...document.querySelectorAll(".ledger [data-chapter]")];
if (!form || !rows.length) return;
const CHOICES = [...form.querySelectorAll("select")].map((field) => field.name);
const count = form.querySelector("output");
const FIELDS = [...form.elements].map((field) => field.name).filter(Boolean);
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe");
const shown = (number) => number.toLocaleString(document.documentElement.lang);
const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));

function apply() {
  const wanted = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));
  const words = plain(wanted.words || "").split(/\s+/).filter(Boolean);
  let left = 0;
  for (const row of rows) {
    const fits = CHOICES.every((name) => !wanted[name] || row.dataset[name] === wanted[name]);
    row.hidden = !(fits && words.every((word) => texts.get(row).includes(word)));
    left += !row.hidden;
  }
  count.textContent = _("{left} of {count} claims").replace("{left}", shown(left)).replace("{count}", shown(rows.length));
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value)).toString();
  try { history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash); } catch (e) { /* a page on disk may keep its address */ }
}

/* The count stands above the first claim that is left. */
function jump() {
  count.focus({ preventScroll: true });
  count.scrollIntoView();
}

/* A link to a claim that the filters hide shows all claims again. */
function reveal() {
  const row = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest(".ledger [data-chapter]");
  if (!row?.hidden) return;
  form.reset();
  apply();
  row.scrollIntoView();
}

const asked = new URLSearchParams(location.search);
for (const name of FIELDS) if (asked.has(name)) form.elements[name].value = asked.get(name);
form.addEventListener("input", apply);
form.addEventListener("reset", () => setTimeout(apply));
form.addEventListener("submit", (event) => { event.preventDefault(); jump(); });
addEventListener("hashchange", reveal);
form.hidden = false;
apply();
if (FIELDS.some((name) => asked.has(name)) && !location.hash) jump();
})();
