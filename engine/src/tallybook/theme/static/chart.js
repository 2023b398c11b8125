/* Explore: turns the still picture of a chart into a live one, and back.
   Vega is loaded when the first button is pressed, not before. It runs with its own expression
   interpreter, so the page needs neither eval nor inline script. All files are script files,
   because a page that was opened from disk cannot fetch JSON. */
(() => {
"use strict";
const STILL = _("Still picture");
const FONT = "Liberation Sans"; // the font a drawing was measured in; the live one takes the font of the page
const load = window.loadScript;

/* The compiled drawing with the colours and the font the page has now. */
function dressed(spec, plot) {
  const page = getComputedStyle(document.documentElement);
  const font = getComputedStyle(plot.querySelector("svg")).fontFamily.replace(/"/g, "'");
  let text = JSON.stringify(spec).split(`"${FONT}"`).join(JSON.stringify(font));
  for (const [hex, name] of Object.entries((spec.usermeta || {}).palette || {})) {
    const now = page.getPropertyValue(`--${name}`).trim();
    if (now) text = text.split(hex).join(now);
  }
  return JSON.parse(text);
}

class Chart {
  constructor(figure) {
    this.figure = figure;
    this.name = figure.dataset.chart;
    this.plot = figure.querySelector(".plot");
    this.stills = [...this.plot.querySelectorAll("svg")];
    this.button = figure.querySelector(".tools > .go");
    this.label = this.button.textContent;
    this.view = this.live = null;
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.toggle());
  }

  async toggle() {
    if (this.live) return this.still();
    this.say("");
    const top = this.figure.getBoundingClientRect().top;
    this.button.disabled = true;
    const { vega, spec } = this.figure.dataset;
    try {
      await load(vega);
      await load(vega.replace("vega.min.js", "vega-interpreter.min.js"));
      await load(spec);
      await this.draw({});
      this.button.disabled = false;
      this.button.textContent = STILL;
      const first = this.live.querySelector("select");
      (first || this.button).focus({ preventScroll: true });
      scrollBy(0, this.figure.getBoundingClientRect().top - top); // it stays where it was
    } catch (error) {
      this.still();
      this.say(_("This chart cannot be explored here: {file} did not load or run. Picture and table hold the same data.").replace("{file}", error.message));
    }
    this.button.disabled = false;
  }

  /* Broad or narrow, as the style sheet shows the pictures. */
  kind() {
    const hidden = this.stills.map((svg) => svg.hasAttribute("hidden"));
    this.stills.forEach((svg) => svg.removeAttribute("hidden"));
    const shown = this.stills.find((svg) => getComputedStyle(svg).display !== "none") || this.stills[0];
    this.stills.forEach((svg, i) => svg.toggleAttribute("hidden", hidden[i]));
    return shown.classList.contains("narrow") ? "narrow" : "broad";
  }

  /* Draw with the given choices of the menus, in place of a live chart that may be there. */
  async draw(values) {
    const kind = this.kind(), source = window.chartSpecs[this.name][kind];
    const spec = dressed(source, this.plot);
    for (const signal of spec.signals || []) if (signal.name in values) signal.value = values[signal.name];
    const live = document.createElement("div"), canvas = document.createElement("div");
    const form = document.createElement("form"), pointed = document.createElement("p"), status = document.createElement("p");
    live.className = "live";
    canvas.className = "canvas";
    form.className = "vega-bindings";
    pointed.className = "pointed";
    status.className = "sr";
    status.setAttribute("role", "status");
    form.addEventListener("submit", (event) => event.preventDefault());
    live.append(canvas, form, pointed, status);
    const runtime = window.vega.parse(spec, null, { ast: true });
    const view = new window.vega.View(runtime, {
      expr: window.vegaInterpreter.expressionInterpreter,
      renderer: "svg",
      tooltip: (_handler, _event, _item, value) => { pointed.textContent = told(value); },
    });
    this.bound = (spec.signals || []).filter((signal) => signal.bind).map((signal) => signal.name);
    if (!this.bound.length) form.remove();
    pointed.hidden = !JSON.stringify(source).includes('"tooltip"');
    pointed.textContent = told(null);
    this.plot.append(live);
    await view.initialize(canvas, this.bound.length ? form : undefined).runAsync();
    this.tell(view, canvas, form, status);
    if (this.view) this.view.finalize();
    if (this.live) this.live.remove();
    Object.assign(this, { view, live, shown: kind });
    this.stills.forEach((svg) => svg.setAttribute("hidden", ""));
    const svg = canvas.querySelector("svg");
    for (const name of ["role", "aria-label", "aria-roledescription"]) canvas.removeAttribute(name); // the picture inside has them
    svg.classList.add(kind);
    svg.setAttribute("role", "img");
    svg.setAttribute("paint-order", "stroke");
    svg.setAttribute("overflow", "visible");
    svg.setAttribute("aria-label", this.stills[0].getAttribute("aria-label"));
    for (const label of form.querySelectorAll("label")) {
      label.querySelector("select").setAttribute("aria-label", label.querySelector(".vega-bind-name").textContent);
    }
  }

  /* Says what a choice has changed, to those who do not see it: its name and value, and the texts that are new in the chart. */
  tell(view, canvas, form, status) {
    const texts = () => [...canvas.querySelectorAll("text")].map((text) => text.textContent).filter(Boolean);
    let before = texts(), pause = 0;
    for (const name of this.bound) view.addSignalListener(name, (_name, value) => {
      clearTimeout(pause);
      pause = setTimeout(() => {
        const now = texts(), fresh = [...new Set(now.filter((text) => !before.includes(text)))];
        const input = form.querySelector(`[name="${name}"]`);
        const said = fresh.length ? _("{name} {value}: now {texts}.") : _("{name} {value}.");
        status.textContent = fill(said, { name: input.getAttribute("aria-label"), value, texts: fresh.join("; ") });
        before = now;
      }, 400);
    });
  }

  redraw() {
    if (!this.live) return;
    const focus = this.live.contains(document.activeElement) ? document.activeElement.name : null;
    const values = Object.fromEntries(this.bound.map((name) => [name, this.view.signal(name)]));
    this.draw(values).then(() => { if (focus) this.live.querySelector(`[name="${focus}"]`).focus(); });
  }

  still() {
    if (this.view) this.view.finalize();
    for (const live of this.plot.querySelectorAll(".live")) live.remove();
    this.view = this.live = null;
    this.stills.forEach((svg) => svg.removeAttribute("hidden"));
    this.button.textContent = this.label;
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

/* A sentence with its holes filled. */
function fill(sentence, parts) {
  return sentence.replace(/\{(\w+)\}/g, (_hole, name) => parts[name]);
}

/* What a mark says of itself. */
function told(value) {
  if (value === null || value === undefined || value === "") {
    return matchMedia("(hover: none)").matches ? _("Tap a mark for its numbers.") : _("Point at a mark for its numbers.");
  }
  const pair = _("{name}: {value}");
  return typeof value === "object" ? Object.entries(value).map(([name, text]) => fill(pair, { name, value: text })).join(" · ") : String(value);
}

const charts = [...document.querySelectorAll("figure[data-chart]:has(.tools > .go)")].map((figure) => new Chart(figure));
document.addEventListener("themechange", () => charts.forEach((chart) => chart.redraw()));
let pause = 0;
addEventListener("resize", () => {
  clearTimeout(pause);
  pause = setTimeout(() => charts.forEach((chart) => { if (chart.live && chart.kind() !== chart.shown) chart.redraw(); }), 150);
});
})();
