/* Follows what tallybook.sphinx.redirects leaves behind: a page that has moved keeps the place that was asked for, and the note of a
   number, chart or claim that has moved leads on. Without this file both are links. */
(() => {
"use strict";
const moved = document.querySelector("meta[name=report-moved-to]");
if (moved) {
  const to = moved.content;
  location.replace(to.includes("#") ? to : to + location.hash);
  return;
}
function named(part) {
  try {
    return decodeURIComponent(part);
  } catch {  // no text in UTF-8: it names nothing here
    return part;
  }
}
function follow() {
  const place = location.hash && document.getElementById(named(location.hash.slice(1)));
  const link = place && place.closest(".moved") && place.querySelector("a[data-forward]");
  if (link) location.replace(link.href);
}
follow();
addEventListener("hashchange", follow);
})();
