/* A live chart: a compiled drawing in the place of the still picture, with its menus. chart.js loads
   this when a reader wants it. A drawing whose signal `told` has a headline and an alternative text
   for what is chosen has them shown. */
(() => {
"use strict";
const FONT = "Liberation Sans"; // the font a drawing was measured in; the live one takes the font of the page
const make = (name, kind) => Object.assign(document.createElement(name), { className: kind });

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

/* What a mark says of itself. */
function saying(value) {
  if (value === null || value === undefined || value === "") return matchMedia("(hover: none)").matches ? _("Tap a mark for its numbers.") : _("Point at a mark for its numbers.");
  const pair = _("{name}: {value}");
  return typeof value === "object" ? Object.entries(value).map(([name, text]) => pair.replace("{name}", name).replace("{value}", text)).join(" · ") : String(value);
}

window.LiveChart = class {
  /* `chosen` is called with the values of the menus when a reader has changed one. */
  constructor(figure, chosen) {
    this.specs = window.chartSpecs[figure.dataset.chart];
    this.chosen = chosen;
    this.plot = figure.querySelector(".plot");
    this.stills = [...this.plot.querySelectorAll("svg")];
    this.alt = this.stills[0].getAttribute("aria-label");
    this.headline = figure.querySelector(".headline") || make("p", "");
    this.title = [...this.headline.childNodes];
    this.menus = (this.specs.broad.signals || []).filter((signal) => signal.bind);
    this.view = this.part = null;
    document.addEventListener("themechange", () => this.redraw());
    let pause = 0;
    addEventListener("resize", () => {
      clearTimeout(pause);
      pause = setTimeout(() => { if (this.view && this.kind() !== this.shown) this.redraw(); }, 150);
    });
  }

  /* Why a link cannot be followed; nothing if it can. */
  refused(pairs) {
    const choices = (name) => this.menus.filter((menu) => menu.name === name).flatMap((menu) => menu.bind.options);
    const wrong = pairs.filter(([name, value]) => !choices(name).includes(value));
    if (!wrong.length) return "";
    const found = wrong.map((pair) => pair.join("=")).join(", ");
    const known = this.menus.map((menu) => menu.name + "=" + menu.bind.options.join(", ")).join("; ");
    return _("This link asks for {found}, which this chart does not have. It takes: {known}. You see it as it was drawn.").replace("{found}", found).replace("{known}", known || "–");
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
    const kind = this.kind(), source = this.specs[kind];
    const spec = dressed(source, this.plot), signals = spec.signals || [];
    for (const signal of signals) if (signal.name in values) signal.value = values[signal.name];
    const part = make("div", "live"), canvas = make("div", "canvas"), form = make("form", "vega-bindings");
    const pointed = make("p", "pointed"), status = make("p", "sr");
    status.setAttribute("role", "status");
    form.addEventListener("submit", (event) => event.preventDefault());
    part.append(canvas, form, pointed, status);
    const runtime = window.vega.parse(spec, null, { ast: true });
    const view = new window.vega.View(runtime, {
      expr: window.vegaInterpreter.expressionInterpreter,
      renderer: "svg",
      tooltip: (_handler, _event, _item, value) => { pointed.textContent = saying(value); },
    });
    if (!this.menus.length) form.remove();
    pointed.hidden = !JSON.stringify(source).includes('"tooltip"');
    pointed.textContent = saying(null);
    this.plot.append(part);
    await view.initialize(canvas, this.menus.length ? form : undefined).runAsync();
    this.tell(view, canvas, form, status);
    if (this.view) this.view.finalize();
    if (this.part) this.part.remove();
    Object.assign(this, { view, part, shown: kind });
    this.stills.forEach((svg) => svg.setAttribute("hidden", ""));
    const svg = canvas.querySelector("svg");
    for (const name of ["role", "aria-label", "aria-roledescription"]) canvas.removeAttribute(name); // the picture inside has them
    svg.classList.add(kind);
    svg.setAttribute("role", "img");
    svg.setAttribute("paint-order", "stroke");
    svg.setAttribute("overflow", "visible");
    const titled = signals.some((signal) => signal.name === "told");
    if (titled) view.addSignalListener("told", (_name, told) => this.retitle(svg, told));
    this.retitle(svg, titled && view.signal("told"));
    for (const label of form.querySelectorAll("label")) {
      label.querySelector("select").setAttribute("aria-label", label.querySelector(".vega-bind-name").textContent);
    }
  }

  /* Headline and alternative text of what is chosen, or else those of the page. */
  retitle(svg, told) {
    svg.setAttribute("aria-label", told ? told.alt : this.alt);
    this.headline.replaceChildren(...(told ? [told.headline] : this.title));
  }

  /* Says what a choice has changed, to those who do not see it: its name and value, and the texts that are new in the chart. */
  tell(view, canvas, form, status) {
    const texts = () => [...canvas.querySelectorAll("text")].map((text) => text.textContent).filter(Boolean);
    let before = texts(), pause = 0;
    for (const { name } of this.menus) view.addSignalListener(name, (_name, value) => {
      this.chosen(this.values());
      clearTimeout(pause);
      pause = setTimeout(() => {
        const now = texts(), fresh = [...new Set(now.filter((text) => !before.includes(text)))];
        const input = form.querySelector(`[name="${name}"]`);
        const said = fresh.length ? _("{name} {value}: now {texts}.") : _("{name} {value}.");
        status.textContent = said.replace("{name}", input.getAttribute("aria-label")).replace("{value}", value).replace("{texts}", fresh.join("; "));
        before = now;
      }, 400);
    });
  }

  values() { return Object.fromEntries(this.menus.map(({ name }) => [name, this.view.signal(name)])); }

  redraw() {
    if (!this.view) return;
    const focus = this.part.contains(document.activeElement) ? document.activeElement.name : null;
    this.draw(this.values()).then(() => { if (focus) this.part.querySelector(`[name="${focus}"]`).focus(); });
  }

  remove() {
    if (this.view) this.view.finalize();
    for (const part of this.plot.querySelectorAll(".live")) part.remove();
    this.view = this.part = null;
    this.stills.forEach((svg) => svg.removeAttribute("hidden"));
    this.headline.replaceChildren(...this.title);
  }
};
})();
