/* What a reader takes along of a number, a chart or a claim: buttons in its card, its tools or its row, which copy a sentence, a
   citation or the code that embeds it, and hand the sentence to the system where that can share. It comes when it is asked for, with
   a file of the page that has the texts (embed.py). Without scripts they stand on the small page of each. */
(() => {
"use strict";
const filled = (form, holes) => form.replace(/\{(\w+)\}/g, (hole, name) => holes[name] ?? hole);
const safe = (text) => text.replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt()};`);

function button(row, words) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "copy";
  made.textContent = words;
  row.append(made);
  return made;
}

/* Puts them into a place, once; gives the row that they are in. */
window.quoteInto = (place, id) => {
  const forms = window.reportQuotes, there = place.querySelector(".take");
  if (there) return there;
  const [said, cited, at, width, height] = forms.items[id];
  const text = (name, title = cited) => filled(forms[name], { id, said, cited, place: at, width, height, title });
  const row = document.createElement("p");
  row.className = "links take";
  for (const [words, copied] of [
    [_("Copy as a sentence"), text("sentence")],
    [_("Copy the citation"), text("citation")],
    [_("Copy code to embed"), text("embed", safe(cited))],
  ]) {
    const made = button(row, words);
    made.setAttribute("aria-live", "polite");
    window.answering(made, () => window.copyText(copied));
  }
  if (navigator.share) button(row, _("Share")).addEventListener("click", () => {
    navigator.share({ title: cited, text: said, url: text("address") }).catch(() => {}); // whoever changes their mind is told nothing
  });
  (place.querySelector(".links") || place.lastElementChild).after(row);
  return row;
};
})();
