/* The panel in which a reader argues with a verdict: moves what it rests on and sees it change. The number of each test is
   interpolated on a lattice that Python made of its function; then come the rules of the verdicts, as in
   tallybook/claims/rules.py. A test compares both in a browser. No library: each is a few lines, and a page stays light. */
(() => {
"use strict";
const PRO = ["holds", "documented", "not contradicted"];
const CON = ["too high", "too low", "contradicted", "doubtful"];

/* ---- the rules ---- */
function distance(figure, [, low, high], share) {
  if (share) return Math.max(0, high - figure[1], figure[0] - low);
  return low <= 0 || figure[0] <= 0 ? null : Math.max(1, high / figure[1], figure[0] / low);
}
function quantity({ figure, said, share }, found, limits) {
  const near = distance(figure, found, share);
  if (near !== null && near <= (share ? limits.points : limits.factor)) return "holds";
  if (said[0] > found[2]) return "too high";
  if (said[1] < found[1]) return "too low";
  return near === null || near >= (share ? limits.blunt_points : limits.blunt_factor) ? "undecided" : "not contradicted";
}
function threshold(kind, limit, [, low, high]) {
  const [holds, fails] = kind === "above" ? [low > limit, high < limit] : [high < limit, low > limit];
  return holds ? "holds" : fails ? "contradicted" : "undecided";
}
const weakened = (verdict) => verdict === "holds" ? "not contradicted" : CON.includes(verdict) ? "doubtful" : verdict;
function together(verdicts) {
  const all = new Set(verdicts);
  const [pro, con] = [PRO, CON].map((side) => side.some((verdict) => all.has(verdict)));
  if (pro === con || (all.has("too high") && all.has("too low"))) return "undecided";
  if (all.size === 1) return verdicts[0];
  return pro ? "not contradicted" : "doubtful";
}

/* ---- a number from its lattice, and what the further assumptions make of it ---- */
const scaled = (value, logs) => logs ? Math.log(value) : value;
/* What came on logs came as steps from point to point. */
function unpack(data) {
  for (const test of data.unpacked ? [] : data.cases) {
    test.values = test.values.map((ends, end) => {
      let sum = 0;
      return test.logs[end] ? ends.map((step) => (sum += step) / data.log_steps) : ends;
    });
  }
  data.unpacked = true;
  return data;
}
function interpolated(test, point) {
  let weights = [[0, 1]];
  test.knots.forEach((knots, axis) => {
    const x = point[axis], logs = test.axis_logs[axis];
    let first = 0;
    while (first < knots.length - 2 && x >= knots[first + 1]) first += 1;
    const [a, b] = [knots[first], knots[first + 1]].map((knot) => scaled(knot, logs));
    const part = (scaled(x, logs) - a) / (b - a);
    weights = weights.flatMap(([place, weight]) =>
      [[place * knots.length + first, weight * (1 - part)], [place * knots.length + first + 1, weight * part]]);
  });
  return test.logs.map((logs, end) => {
    const sum = weights.reduce((total, [place, weight]) => total + weight * test.values[end][place], 0);
    return logs ? Math.exp(sum) : sum;
  });
}
const wider = (end, factor, value, ratio) => ratio ? value * (end / value) ** factor : value + factor * (end - value);
const THEN = {
  wider: (found, by, test) => found.map((end) => wider(end, by, found[0], test.scale === "ratio" && found[1] > 0)),
  plus: (found, by) => found.map((end) => end + by),
  times: (found, by) => found.map((end) => end * by),
  over: (found, by) => found.map((end) => end / by),
};
function found(test, values) {
  const [value, ...ends] = test.then.reduce(
    (now, [name, axis]) => THEN[name](now, values[axis], test), interpolated(test, test.takes.map((axis) => values[axis])));
  return [value, Math.min(...ends), Math.max(...ends)];
}
function settle(data, values) {
  const numbers = unpack(data).cases.map((test) => found(test, values));
  const each = data.cases.map((test, place) => {
    const limit = test.limit_axis ? values[test.limit_axis] : test.limit;
    const verdict = test.kind === "figure" ? quantity(test, numbers[place], data.thresholds) : threshold(test.kind, limit, numbers[place]);
    return test.weak ? weakened(verdict) : verdict;
  });
  return { found: numbers, each, verdict: together(data.told ? [...each, data.told] : each) };
}
/* What changes at a turning point: the verdict, or what follows where the verdict stays. */
const outcome = (data, values) => { const now = settle(data, values); return data.stays ? now.each[0] : now.verdict; };

/* Where the outcome changes along an assumption, the others as they are. */
const STEPS = 96;
function turns(data, values, axis, what = outcome) {
  const [low, high] = axis.limits, ask = (x) => what(data, { ...values, [axis.id]: x });
  const steps = axis.step ? Math.round((high - low) / axis.step) : STEPS;
  const list = [];
  let [before, was] = [low, ask(low)];
  for (let step = 1; step <= steps; step += 1) {
    const x = low + (high - low) * step / steps, now = ask(x);
    if (now !== was) {
      let [a, b] = [before, x];
      for (let i = 0; i < 24 && !axis.step; i += 1) { const m = (a + b) / 2; if (ask(m) === was) a = m; else b = m; }
      list.push({ at: b, from: was, to: now });
    }
    [before, was] = [x, now];
  }
  return list;
}

/* ---- text ---- */
const words = () => window.argueWords;
const short = (value, digits = 3) => new Intl.NumberFormat(document.documentElement.lang || "en", { maximumSignificantDigits: digits })
  .format(Math.abs(value) < 1e-12 ? 0 : value).replace("-", "\u2212");
const measured = (value, axis) => short(value) + axis.after;
const minutes = (value, axis) => axis.unit === "hours" && value < 1 ? ` (${Math.round(60 * value)} ${words().minutes})` : "";

/* Places: how far a value lies on the way through an axis, and back; and the plane in its picture. */
const shareOf = ({ limits: [low, high] }, value) => (value - low) / (high - low);
const valueAt = ({ limits: [low, high] }, share) => low + share * (high - low);
const [LEFT, TOP, WIDE, HIGH] = [50, 20, 300, 200], SIZE = [360, 262];

function make(name, attributes = {}, ...children) {
  const node = name === "svg" || name.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", name.replace("svg:", "")) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(key, value);
  node.append(...children);
  return node;
}
function badge(verdict, attributes = {}) {
  const look = words().verdicts[verdict];
  const shape = make("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, make("svg:path", { d: look.shape }));
  return make("span", { class: `v ${look.kind}`, "data-verdict": verdict, ...attributes }, shape, look.word);
}

class Panel {
  constructor(fold, data) {
    this.fold = fold;
    this.data = data;
    this.id = fold.dataset.argue;
    this.axes = new Map(data.axes.map((axis) => [axis.id, axis]));
    this.ours = Object.fromEntries(data.axes.map((axis) => [axis.id, axis.value]));
    this.values = { ...this.ours };
    this.settled = settle(data, this.ours);
    this.build();
    this.show();
  }

  /* ---- what stands in it ---- */
  build() {
    const say = words();
    this.now = make("div", { class: "now" });
    this.live = make("p", { class: "sr", role: "status" });
    this.note = make("p", { class: "note", role: "alert" });
    this.box = make("div", { class: "argue-live", role: "group", "aria-label": say.panel }, this.note);
    const turn = this.data.asked && turns(this.data, this.ours, this.axes.get(this.data.asked))[0];
    if (turn) this.box.append(this.guess(this.axes.get(this.data.asked)));
    this.box.append(this.now, this.live, this.sliders());
    const planes = this.data.axes.length > 1;
    if (planes) this.box.append(this.plane());
    const lesson = this.fold.querySelector(".lesson");
    if (lesson) this.box.append(lesson);
    this.box.append(this.presets(), this.tools(planes));
    if (this.data.condition) this.now.after(make("p", { class: "condition" }, this.data.condition));
    const summary = this.fold.querySelector("summary");
    const still = make("details", { class: "more" }, make("summary", {}, say.ranges), ...[...this.fold.children].filter((part) => part !== summary));
    this.fold.append(this.box, still);
  }

  guess(axis) {
    const say = words(), id = `guess-${this.id}`;
    const field = make("input", { id, type: "number", step: "any", min: axis.limits[0], max: axis.limits[1], inputmode: "decimal" });
    const answer = make("output", { for: id });
    const see = make("button", { type: "button" }, say.see);
    const part = make("form", { class: "guess" }, make("p", {}, make("b", {}, say.guess), " ", this.data.question),
      make("label", { for: id }, `${axis.label}: `), field, " ", see, " ", answer);
    part.addEventListener("submit", (event) => { event.preventDefault(); see.click(); });
    see.addEventListener("click", () => {
      // Where the number itself crosses the limit, and not an end of its range.
      const all = turns(this.data, this.ours, axis, (data, values) => settle(data, values).found[0][0] > data.cases[0].limit);
      const known = all.map((turn) => measured(turn.at, axis) + minutes(turn.at, axis)
        + (turn.at < axis.range[0] || turn.at > axis.range[1] ? say.beyond : "")).join(say.and);
      const guess = field.value ? [say.guessed, measured(Number(field.value), axis)] : [];
      answer.textContent = [say.answer, known, ...guess].join(" ");
    });
    return part;
  }

  sliders() {
    this.controls = new Map();
    const list = make("div", { class: "axes" });
    for (const axis of this.data.axes) {
      const id = `argue-${this.id}-${axis.id}`, [low, high] = axis.limits;
      const bounds = { min: low, max: high, step: axis.step || "any", "data-assumption": axis.id };
      const range = make("input", { ...bounds, id, type: "range" });
      const box = make("input", { ...bounds, type: "number", "aria-label": axis.label, inputmode: "decimal" });
      const track = make("span", { class: "track" }, range);
      const where = make("small", { class: "where", id: `${id}-where` });
      range.setAttribute("aria-describedby", where.id);
      list.append(make("div", { class: "axis" }, make("label", { for: id }, axis.label), track, box, where));
      box.addEventListener("change", () => { box.value = this.values[axis.id]; }); // what may not be tried goes back to what may
      for (const field of [range, box]) field.addEventListener("input", () => {
        if (field.value !== "") this.set({ [axis.id]: Number(field.value) });
      });
      track.style.setProperty("--from", shareOf(axis, axis.range[0]));
      track.style.setProperty("--to", shareOf(axis, axis.range[1]));
      const dot = make("i", { class: "ours", title: `${words().ours}: ${measured(axis.value, axis)}` });
      dot.style.setProperty("--at", shareOf(axis, axis.value));
      track.append(dot);
      this.controls.set(axis.id, { range, box, track, where });
    }
    return list;
  }

  presets() {
    const say = words(), bar = make("div", { class: "presets", role: "group", "aria-label": say.settings });
    const add = (name, values, who) => {
      const button = make("button", { type: "button" }, name);
      button.addEventListener("click", () => { this.values = { ...this.ours }; this.set(values()); });
      bar.append(make("span", {}, button, who ? make("small", {}, ` ${who}`) : ""));
    };
    add(say.reset, () => ({}), "");
    for (const one of this.data.presets) add(one.name, () => one.values, one.who);
    if (this.data.joint) add(say.nearest, () => this.nearest(), "");
    return bar;
  }

  /* The smallest joint change, and a little more where the lattice lies a hair beside the number. */
  nearest() {
    const was = outcome(this.data, this.ours);
    let values = {};
    for (const more of [1, 1.02, 1.05, 1.1, 1.2]) {
      values = { ...this.ours };
      for (const [id, value] of Object.entries(this.data.joint.values)) {
        const { range, value: ours } = this.axes.get(id);
        values[id] = Math.min(range[1], Math.max(range[0], ours + more * (value - ours)));
      }
      if (outcome(this.data, values) !== was) break;
    }
    return values;
  }

  tools(planes) {
    const say = words(), bar = make("p", { class: "tools" });
    const add = (name, act) => {
      const button = make("button", { type: "button" }, name);
      window.answering(button, act, say.copied, say.failed);
      bar.append(button);
    };
    add(say.copy_link, () => window.copyText(this.address()));
    add(say.copy_sentence, () => window.copyText(this.quote()));
    if (planes) add(say.picture, async () => this.picture());
    return bar;
  }

  plane() {
    const say = words();
    const choose = (name, label, value) => {
      const id = `argue-${this.id}-${name}`, field = make("select", { id });
      for (const axis of this.data.axes) field.append(make("option", { value: axis.id }, axis.label));
      field.value = value;
      field.addEventListener("change", () => this.draw());
      return [field, make("label", { for: id }, `${label} `, field)];
    };
    const moving = this.data.axes.map((axis) => [turns(this.data, this.ours, axis).length, axis.id]).sort((a, b) => b[0] - a[0]);
    const [across, first] = choose("across", say.across, this.data.across || moving[0][1]);
    const [up, second] = choose("up", say.up, this.data.up || moving[1][1]);
    this.sides = { across, up };
    this.svg = make("svg", { viewBox: `0 0 ${SIZE.join(" ")}`, role: "img" });
    this.svg.addEventListener("click", (event) => {
      const box = this.svg.getBoundingClientRect(), [x, y] = this.shown;
      const across = ((event.clientX - box.left) / box.width * SIZE[0] - LEFT) / WIDE;
      const up = 1 - ((event.clientY - box.top) / box.height * SIZE[1] - TOP) / HIGH;
      this.set({ [x.id]: valueAt(x, across), [y.id]: valueAt(y, up) }); // which keeps them within their limits
    });
    this.legend = make("figcaption");
    return make("figure", { class: "plane" }, make("div", { class: "sides" }, first, second), this.svg, this.legend);
  }

  /* ---- a setting ---- */
  set(values) {
    for (const [id, value] of Object.entries(values)) {
      const axis = this.axes.get(id), [low, high] = axis.limits;
      if (!Number.isFinite(value)) continue;
      const stepped = axis.step ? axis.value + Math.round((value - axis.value) / axis.step) * axis.step : value;
      this.values[id] = Math.min(high, Math.max(low, stepped));
    }
    this.note.textContent = "";
    this.frame ||= requestAnimationFrame(() => { this.frame = 0; this.show(); }); // a slider tells more often than a screen draws
    try { history.replaceState(null, "", this.moved().length ? this.hash() : `#claim-${this.id}`); } catch (e) { /* on disk an address may stay as it is */ }
  }
  moved() { return this.data.axes.filter((axis) => this.values[axis.id] !== axis.value); }
  hash() {
    const parts = this.moved().map((axis) => `&${axis.id}=${Number(this.values[axis.id].toPrecision(6))}`);
    return `#argue=${this.id}${parts.join("")}`;
  }
  address() { return location.href.split("#")[0] + this.hash(); }

  /* From an address. What makes no sense is said, and ours is shown. */
  read(pairs) {
    const values = {}, bad = [];
    for (const [id, text] of pairs) {
      const axis = this.axes.get(id), value = Number(text);
      if (axis && text.trim() !== "" && value >= axis.limits[0] && value <= axis.limits[1]) values[id] = value;
      else bad.push(`${id}=${text}`);
    }
    this.values = { ...this.ours };
    if (bad.length) { this.show(); this.note.textContent = `${words().nonsense} ${bad.join(", ")}`; } else { this.set(values); if (pairs.length) this.note.textContent = words().linked; }
  }

  /* ---- what it shows ---- */
  show() {
    const say = words(), data = this.data, now = settle(data, this.values);
    const verdict = data.stays ? data.ours : now.verdict;
    this.now.replaceChildren();
    data.cases.forEach((test, place) => this.now.append(this.sentence(test, now.found[place], now.each[place], this.settled.each[place])));
    const ours = badge(data.ours, { "data-ours": data.ours, "data-verdict": data.stays ? verdict : null });
    const told = data.stays ? [] : [`${say.yours}: `, badge(verdict), " · "];
    this.now.append(make("p", { class: "verdicts" }, ...told, `${say.report}: `, ours), make("p", { class: "why" }, data.stays ? say.stays : this.because(now)));
    for (const [id, { range, box, track, where }] of this.controls) {
      const axis = this.axes.get(id), value = this.values[id];
      range.value = value;
      if (document.activeElement !== box) box.value = Number(value.toPrecision(4));
      range.setAttribute("aria-valuetext", measured(value, axis));
      for (const old of track.querySelectorAll(".notch")) old.remove();
      for (const turn of turns(data, this.values, axis)) {
        const notch = make("i", { class: "notch", title: `${measured(turn.at, axis)}: ${this.outcomeWord(turn.to)}` });
        notch.style.setProperty("--at", shareOf(axis, turn.at));
        track.append(notch);
      }
      const beyond = value < axis.range[0] || value > axis.range[1];
      where.textContent = `${say.ours}: ${measured(axis.value, axis)} · ${say.plausible}: ${axis.range.map((end) => short(end)).join("–")}${beyond ? say.beyond : ""}`;
    }
    if (this.svg) this.draw();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.live.textContent = this.told(); }, 400);
  }

  sentence(test, [value, low, high], verdict, was) {
    const known = { value: [value, "data-value"], low: [low, "data-low"], high: [high, "data-high"] };
    const limit = test.limit_axis ? this.values[test.limit_axis] : test.limit;
    const line = make("p", { class: "said" });
    for (const piece of test.sentence.split(/(\{[\w-]+\})/)) {
      const name = piece.startsWith("{") ? piece.slice(1, -1) : "";
      if (known[name]) line.append(make("b", { [known[name][1]]: known[name][0] }, short(known[name][0]) + test.suffix));
      else if (name === "limit") line.append(short(limit, 6) + test.suffix);
      else if (this.axes.has(name)) line.append(make("b", {}, measured(this.values[name], this.axes.get(name))));
      else line.append(piece);
    }
    for (const [end, mark] of Object.values(known)) if (!line.querySelector(`[${mark}]`)) line.append(make("b", { [mark]: end, hidden: "" }));
    if (this.data.stays) line.append(" ", make("strong", {}, this.outcomeWord(verdict)));
    else if (this.data.cases.length > 1) line.append(" ", make("small", {}, words().alone, ": ", this.outcomeWord(verdict), verdict === was ? "" : ` (${words().ours}: ${this.outcomeWord(was)})`));
    return line;
  }

  outcomeWord(verdict) {
    return this.data.stays ? this.data.outcomes[verdict] : words().verdicts[verdict].word;
  }

  because(now) {
    const say = words(), data = this.data;
    if (data.cases.length > 1 || data.told) return say.joined[new Set(data.told ? [...now.each, data.told] : now.each).size > 1 ? "mixed" : "one"];
    const kind = data.cases[0].kind === "figure" ? "figure" : "limit";
    return say.because[kind][now.each[0]] + (data.cases[0].weak ? ` ${say.weak}` : "");
  }

  draw() {
    const data = this.data, [x, y] = [this.sides.across, this.sides.up].map((field) => this.axes.get(field.value));
    this.shown = [x, y];
    const NX = 75, NY = 50;
    const px = (value) => LEFT + shareOf(x, value) * WIDE, py = (value) => TOP + HIGH - shareOf(y, value) * HIGH;
    const parts = [], seen = new Map();
    for (let row = 0; row < NY; row += 1) {
      let start = 0, was = null;
      for (let column = 0; column <= NX; column += 1) {
        const now = column === NX ? "" : outcome(data, { ...this.values, [x.id]: valueAt(x, (column + .5) / NX), [y.id]: valueAt(y, (row + .5) / NY) });
        if (now === was) continue;
        if (was) {
          const box = { x: LEFT + start * WIDE / NX, y: TOP + HIGH - (row + 1) * HIGH / NY, width: (column - start) * WIDE / NX, height: HIGH / NY };
          parts.push(make("svg:rect", { class: `region ${this.look(was)}`, ...box }));
          const best = seen.get(was);
          if (!best || (row > 2 && row < NY - 2 && best.width < box.width)) seen.set(was, box);
        }
        [start, was] = [column, now];
      }
    }
    const [x0, x1] = x.range.map(px), [y0, y1] = y.range.map(py);
    const hatch = `hatch-${this.id}`;
    const lines = make("svg:pattern", { id: hatch, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, make("svg:path", { d: "M0 0V6", class: "hatch" }));
    parts.push(make("svg:defs", {}, lines), make("svg:path", { fill: `url(#${hatch})`, "fill-rule": "evenodd", d: `M${LEFT} ${TOP}h${WIDE}v${HIGH}h${-WIDE}zM${x0} ${y1}H${x1}V${y0}H${x0}z` }));
    for (const [now, box] of seen) {
      const name = data.stays ? "" : this.outcomeWord(now);
      if (box.width > 5.4 * name.length) parts.push(make("svg:text", { class: "name", x: box.x + box.width / 2, y: box.y + 4, "text-anchor": "middle" }, name));
    }
    for (const part of [0, .5, 1]) {
      parts.push(make("svg:text", { x: LEFT + part * WIDE, y: TOP + HIGH + 14, "text-anchor": part === 1 ? "end" : part ? "middle" : "start" }, short(valueAt(x, part))));
      parts.push(make("svg:text", { x: LEFT - 5, y: TOP + HIGH - part * HIGH + (part === 1 ? 9 : part ? 4 : 0), "text-anchor": "end" }, short(valueAt(y, part))));
    }
    const mark = (values, kind) => make(kind === "mine" ? "svg:path" : "svg:circle", kind === "mine"
      ? { class: kind, d: `M${px(values[x.id])} ${py(values[y.id])}m-7 0h14m-7-7v14` }
      : { class: kind, cx: px(values[x.id]), cy: py(values[y.id]), r: 5 });
    parts.push(make("svg:rect", { class: "edge", x: LEFT, y: TOP, width: WIDE, height: HIGH }));
    for (const one of this.data.presets) parts.push(mark({ ...this.ours, ...one.values }, "theirs"));
    parts.push(mark(this.ours, "ours"), mark(this.values, "mine"));
    const cut = (text) => text.length > 56 ? text.slice(0, 54) + "…" : text;
    parts.push(make("svg:text", { x: LEFT, y: 254 }, cut(x.label)), make("svg:text", { x: LEFT, y: 13 }, cut(y.label)));
    this.svg.replaceChildren(...parts);
    const say = words();
    const mine = [x, y].map((axis) => measured(this.values[axis.id], axis)).join("; ");
    this.svg.setAttribute("aria-label", `${say.plane} ${x.label}; ${y.label}. ${say.yours}: ${mine}: ${this.outcomeWord(outcome(data, this.values))}`);
    const key = [...seen.keys()].map((now) => make("span", { class: `key ${this.look(now)}` }, this.outcomeWord(now)));
    this.legend.replaceChildren(...key, make("small", {}, say.marks));
  }
  look(now) { return this.data.stays ? { holds: "up", contradicted: "down", undecided: "between" }[now] : words().verdicts[now].kind; }

  told() { return [...this.now.querySelectorAll(".said,.verdicts")].map((part) => part.innerText).join(" "); }
  quote() {
    const moved = this.moved().map((axis) => `${axis.label}: ${measured(this.values[axis.id], axis)}`);
    return [this.data.claim, words().reader, moved.join("; "), this.told(), words().title, this.address()].join(" ");
  }
  picture() {
    const copy = this.svg.cloneNode(true), from = this.svg.querySelectorAll("*"), to = copy.querySelectorAll("*");
    from.forEach((node, place) => {
      const look = getComputedStyle(node);
      for (const name of ["fill", "stroke", "fill-opacity", "font"]) to[place].style.setProperty(name, look.getPropertyValue(name));
    });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    const link = make("a", { href: URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" })), download: `${this.id}.svg` });
    link.click();
    return true;
  }
}

const panels = new Map();
window.argue = {
  settle, turns,
  start(fold) {
    const id = fold.dataset.argue;
    if (!panels.has(id)) panels.set(id, new Panel(fold, window.argued[id]));
    return panels.get(id);
  },
};
})();
