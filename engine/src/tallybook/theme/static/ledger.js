/* The ledger's filters, which stand in the address too, so that a choice can be shared. Without JavaScript the whole table stands. */
(() => {
"use strict";
const form = document.querySelector(".ledger .filters");
const rows = [...document.querySelectorAll("table.ledger-table tbody tr")];
if (!form || !rows.length) return;
const CHOICES = [...form.querySelectorAll("select")].map((field) => field.name);
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
  form.querySelector("output").textContent = `${left} of ${rows.length} claims`;
  const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value)).toString();
  try { history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash); } catch (e) { /* a page on disk may keep its address */ }
}

const asked = new URLSearchParams(location.search);
for (const name of FIELDS) if (asked.has(name)) form.elements[name].value = asked.get(name);
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
apply();
})();
