/* The ledger's filters, which stand in the address too, so that a choice can be shared. Whoever comes with a choice, or asks for it
   by the button, is led to what is left. Without JavaScript the whole table stands. */
(() => {
"use strict";
const form = document.querySelector(".ledger .filters");
const rows = [...document.querySelectorAll("table.ledger-table tbody tr")];
if (!form || !rows.length) return;
const CHOICES = [...form.querySelectorAll("select")].map((field) => field.name);
const count = form.querySelector("output");
const FIELDS = [...CHOICES, "words"];
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));

function apply() {
  const wanted = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));
  const words = plain(wanted.words).split(/\s+/).filter(Boolean);
  let left = 0;
  for (const row of rows) {
    const fits = CHOICES.every((name) => !wanted[name] || row.dataset[name] === wanted[name]);
    row.hidden = !(fits && words.every((word) => texts.get(row).includes(word)));
    left += !row.hidden;
  }
  count.textContent = `${left} of ${rows.length} claims`;
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value)).toString();
  try { history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash); } catch (e) { /* a page on disk may keep its address */ }
}

/* The count stands above the first row that is left. */
function jump() {
  count.focus({ preventScroll: true });
  count.scrollIntoView();
}

const asked = new URLSearchParams(location.search);
for (const name of FIELDS) if (asked.has(name)) form.elements[name].value = asked.get(name);
form.addEventListener("input", apply);
form.addEventListener("reset", () => setTimeout(apply));
form.addEventListener("submit", (event) => { event.preventDefault(); jump(); });
form.hidden = false;
apply();
if (FIELDS.some((name) => asked.has(name)) && !location.hash) jump();
})();
