/* Explore: turns the still picture of a chart into a live one, and back.
   live.js and Vega are loaded when the first button is pressed, not before. Vega runs with its own
   expression interpreter, so the page needs neither eval nor inline script. All files are script
   files, because a page that was opened from disk cannot fetch JSON. What is chosen in the menus of
   a live chart stands in the address, as #chart=NAME&MENU=CHOICE. */
(() => {
"use strict";
const STILL = _("Still picture");
const load = window.loadScript;

class Chart {
  constructor(figure) {
    this.figure = figure;
    this.name = figure.dataset.chart;
    this.button = figure.querySelector(".tools > .go");
    this.label = this.button.textContent;
    this.live = null;
    this.button.hidden = false;
    this.button.addEventListener("click", () => { if (this.live?.view) this.leave(); else this.open([]); });
  }

  /* Draws it live, with what a link asks for: pairs of a menu and a choice. */
  async open(pairs) {
    this.say("");
    const top = this.figure.getBoundingClientRect().top;
    this.button.disabled = true;
    const { vega, spec } = this.figure.dataset;
    try {
      await load(vega);
      await load(vega.replace("vega.min.js", "vega-interpreter.min.js"));
      await load(vega.replace("vendor/vega.min.js", "live.js"));
      await load(spec);
      this.live ||= new window.LiveChart(this.figure, (values) => this.address(values));
      const refused = this.live.refused(pairs);
      await this.live.draw(refused ? {} : Object.fromEntries(pairs));
      this.button.disabled = false;
      this.button.textContent = STILL;
      (this.figure.querySelector("select") || this.button).focus({ preventScroll: true });
      scrollBy(0, this.figure.getBoundingClientRect().top - top); // it stays where it was
      this.say(refused);
    } catch (error) {
      this.still();
      this.say(_("This chart cannot be explored here: {file} did not load or run. Picture and table hold the same data.").replace("{file}", error.message));
    }
    this.button.disabled = false;
  }

  /* The still picture again, as a reader wishes. */
  leave() {
    this.still();
    this.say("");
    if (location.hash.startsWith("#chart=")) this.address(null);
  }

  still() {
    this.live?.remove();
    this.button.textContent = this.label;
  }

  /* What is chosen, in the address; without a choice, that of the chart. */
  address(values) {
    const hash = values ? new URLSearchParams({ chart: this.name, ...values }) : this.name;
    try { history.replaceState(null, "", `#${hash}`); } catch (e) { /* on disk an address may stay as it is */ }
  }

  say(sentence) {
    const old = this.figure.querySelector(".tools > .failed");
    if (old) old.remove();
    if (!sentence) return;
    const note = document.createElement("p");
    note.className = "failed";
    note.setAttribute("role", "alert");
    note.textContent = sentence;
    this.figure.querySelector(".tools").append(note);
  }
}

const charts = [...document.querySelectorAll("figure[data-chart]:has(.tools > .go)")].map((figure) => new Chart(figure));

/* A link to a choice. */
function asked() {
  if (!location.hash.startsWith("#chart=")) return;
  const [[, name], ...pairs] = new URLSearchParams(location.hash.slice(1));
  const chart = charts.find((one) => one.name === name);
  if (!chart) return;
  for (let part = chart.figure; part; part = part.parentElement.closest("details")) part.open = true;
  chart.open(pairs).then(() => {
    const note = chart.figure.querySelector(".failed");
    if (note) note.scrollIntoView({ block: "center" }); else chart.figure.scrollIntoView();
  });
}
addEventListener("hashchange", asked);
asked();
})();
