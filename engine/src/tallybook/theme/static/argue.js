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
/* What is positive came as the logarithm's differences along every axis. */
function unpack(data) {
  for (const test of data.unpacked ? [] : data.cases) {
    test.values = test.values.map((ends, end) => {
      if (!test.steps[end]) return ends;
      let stride = 1;
      for (const { length } of [...test.knots].reverse()) {
        ends.forEach((_, place) => { if (Math.floor(place / stride) % length) ends[place] += ends[place - stride]; });
        stride *= length;
      }
      return ends.map((sum) => test.logs[end] ? sum / data.log_steps : Math.exp(sum / data.log_steps));
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
  wider: (found, by, test) => found.map((end) => wider(end, by, found[0], test.ratio && found[1] > 0)),
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
const words = () => window.argueWords, lang = document.documentElement.lang || "en";
/* A template in its parts: texts, and what stands for each name in braces. */
const parts = (text, known) => text.split(/\{([\w-]+)\}/).map((part, place) => place % 2 ? known[part] : part);
const say = (name, known = {}) => parts(words()[name], known).join("");
const short = (value, digits = 3) => new Intl.NumberFormat(lang, { maximumSignificantDigits: digits })
  .format(Math.abs(value) < 1e-12 ? 0 : value).replace("-", "\u2212");
const plural = new Intl.PluralRules(lang);
/* A value with its unit, with as many digits as its box has. */
const measured = (value, axis) => short(value, 4) + (axis.one && plural.select(value) === "one" ? axis.one : axis.after);
const listed = (items) => new Intl.ListFormat(lang).format(items);
const within = ([low, high], value) => Math.min(high, Math.max(low, value));
const plausible = (value, { range }) => within(range, value) === value;
const ends = ([low, high]) => ({ low: short(low, 4), high: short(high, 4) });

/* Places: how far a value lies on the way through an axis, and back; and the plane in its picture. */
const shareOf = ({ limits: [low, high] }, value) => (value - low) / (high - low);
const valueAt = ({ limits: [low, high] }, share) => low + share * (high - low);
const [LEFT, TOP, WIDE, HIGH] = [50, 20, 300, 200], SIZE = [360, 262];

function make(name, attributes = {}, ...children) {
  const [kind, inside] = name.split(":"), node = inside ? document.createElementNS("http://www.w3.org/2000/svg", inside) : document.createElement(kind);
  for (const [key, value] of Object.entries(attributes)) if (value != null) node.setAttribute(key, value);
  node.append(...children);
  return node;
}
function badge(verdict, attributes = {}) {
  const look = words().verdicts[verdict];
  const shape = make("svg:svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, make("svg:path", { d: look.shape }));
  return make("span", { class: `v ${look.kind}`, "data-verdict": verdict, ...attributes }, shape, look.word);
}

/* What stands on the track of a slider. */
function mark(axis, at, kind, title) {
  const node = make("i", { class: kind, title });
  node.style.setProperty("--at", shareOf(axis, at));
  return node;
}
const text = (nodes) => [...nodes].map((node) => node.textContent).join(" ");

class Panel {
  constructor(fold, data) {
    this.fold = fold;
    this.data = data;
    this.id = fold.dataset.argue;
    this.axes = new Map(data.axes.map((axis) => [axis.id, axis]));
    this.ours = Object.fromEntries(data.axes.map((axis) => [axis.id, axis.value]));
    this.values = { ...this.ours };
    this.before = settle(data, this.ours);
    this.build();
    this.show();
  }

  /* ---- what stands in it ---- */
  build() {
    const { data } = this, planes = data.axes.length > 1;
    this.now = make("div", { class: "now" });
    this.why = make("p", { class: "why" });
    this.live = make("p", { class: "sr", role: "status" });
    this.note = make("p", { class: "note", role: "alert" });
    const turn = data.asked && turns(data, this.ours, this.axes.get(data.asked))[0];
    const lesson = this.fold.querySelector(".lesson"), summary = this.fold.querySelector("summary");
    const still = make("details", { class: "more" }, make("summary", {}, say("ranges")), ...[...this.fold.children].filter((part) => part !== summary && part !== lesson));
    this.box = make("div", { class: "argue-live", role: "group", "aria-label": say("panel") }, ...[
      this.note, this.now, lesson, this.why, data.condition && make("p", { class: "condition" }, data.condition), this.live,
      turn && this.guess(this.axes.get(data.asked)), this.sliders(), planes && this.plane(), this.presets(), this.tools(planes)].filter(Boolean));
    this.fold.append(this.box, still);
  }

  guess(axis) {
    const id = `guess-${this.id}`;
    const field = make("input", { id, type: "number", step: "any", min: axis.limits[0], max: axis.limits[1], inputmode: "decimal" });
    const answer = make("output", { for: id });
    const part = make("form", { class: "guess", novalidate: "" }, make("p", {}, make("b", {}, say("guess")), " ", this.data.question),
      make("label", { for: id }, `${axis.label}: `), field, " ", make("button", {}, say("see")), " ", answer);
    part.addEventListener("submit", (event) => {
      event.preventDefault();
      // Where the number itself crosses the limit, and not an end of its range.
      const all = turns(this.data, this.ours, axis, (data, values) => settle(data, values).found[0][0] > data.cases[0].limit);
      const known = listed(all.map(({ at }) => {
        const value = measured(at, axis), timed = axis.unit === "hours" && at < 1 ? say("minutes", { value, minutes: Math.round(60 * at) }) : value;
        return plausible(at, axis) ? timed : say("implausible", { value: timed });
      }));
      answer.textContent = say(field.value ? "guessed" : "answer", { known, guess: measured(Number(field.value), axis) });
    });
    return part;
  }

  sliders() {
    this.controls = new Map();
    const list = make("div", { class: "axes" }, make("p", { class: "why" }, say("slider_marks")));
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
      track.append(mark(axis, axis.value, "ours", say("ours", { ours: measured(axis.value, axis) })));
      this.controls.set(axis.id, { range, box, track, where });
    }
    return list;
  }

  presets() {
    const bar = make("div", { class: "presets", role: "group", "aria-label": say("settings") });
    const add = (name, values, who) => {
      const button = make("button", { type: "button" }, name);
      button.addEventListener("click", () => { this.values = { ...this.ours }; this.set(values()); });
      bar.append(make("span", {}, button, " ", who));
    };
    add(say("reset"), () => ({}), "");
    for (const one of this.data.presets) add(one.name, () => one.values, make("small", {}, one.who));
    return bar;
  }

  tools(planes) {
    const bar = make("p", { class: "tools" });
    const add = (name, act) => {
      const button = make("button", { type: "button" }, name);
      window.answering(button, act);
      bar.append(button);
    };
    add(say("copy_link"), () => window.copyText(this.address()));
    add(say("copy_sentence"), () => window.copyText(this.quote()));
    if (planes) add(say("picture"), async () => this.picture());
    return bar;
  }

  plane() {
    const choose = (name, label, value) => {
      const id = `argue-${this.id}-${name}`, field = make("select", { id });
      for (const axis of this.data.axes) field.append(make("option", { value: axis.id }, axis.label));
      field.value = value;
      field.addEventListener("change", () => this.draw());
      return [field, make("label", { for: id }, label, " ", field)];
    };
    const moving = this.data.axes.map((axis) => [turns(this.data, this.ours, axis).length, axis.id]).sort((a, b) => b[0] - a[0]);
    const [across, first] = choose("across", say("across"), this.data.across || moving[0][1]);
    const [up, second] = choose("up", say("up"), this.data.up || moving[1][1]);
    this.sides = { across, up };
    this.svg = make("svg:svg", { viewBox: `0 0 ${SIZE.join(" ")}`, role: "img" });
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
      const axis = this.axes.get(id);
      const stepped = axis.step ? axis.value + Math.round((value - axis.value) / axis.step) * axis.step : value;
      this.values[id] = within(axis.limits, stepped);
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
    for (const [id, got] of pairs) {
      const axis = this.axes.get(id), value = Number(got);
      if (axis && got.trim() && within(axis.limits, value) === value) values[id] = value;
      else bad.push(axis ? say("nonsense", { id, label: axis.label, got, ...ends(axis.limits) }) : say("unknown", { id, known: [...this.axes.keys()].join(", ") }));
    }
    this.values = { ...this.ours };
    this.set(bad.length ? {} : values);
    this.note.textContent = bad.length ? bad.join(" ") : pairs.length ? say("linked") : "";
  }

  /* ---- what it shows ---- */
  show() {
    const data = this.data, now = settle(data, this.values), moved = this.moved().length > 0;
    const { ours, stays } = data, both = moved && !stays;
    const badges = { yours: both && badge(now.verdict), ours: badge(ours, { "data-ours": ours, "data-verdict": both ? null : ours }) };
    this.now.replaceChildren(make("p", { class: "why" }, say(moved ? "with_yours" : "with_ours")), ...this.said(now, this.values),
      make("p", { class: "verdicts" }, ...parts(words()[both ? "verdicts_both" : "verdict_ours"], badges)));
    this.why.textContent = stays ? `${data.meaning} ${say("stays")}` : this.because(now);
    for (const [id, { range, box, track, where }] of this.controls) {
      const axis = this.axes.get(id), value = this.values[id];
      range.value = value;
      if (document.activeElement !== box) box.value = Number(value.toPrecision(4));
      range.setAttribute("aria-valuetext", measured(value, axis));
      for (const old of track.querySelectorAll(".notch")) old.remove();
      const told = [say("ours", { ours: measured(axis.value, axis) }), say(plausible(value, axis) ? "plausible" : "beyond", ends(axis.range))];
      for (const turn of turns(data, this.values, axis)) {
        const title = say(stays ? "turn_stays" : "turn", { at: measured(turn.at, axis), outcome: this.word(turn.to) });
        track.append(mark(axis, turn.at, "notch", title));
        told.push(title);
      }
      where.textContent = told.join(" ");
    }
    if (this.svg) this.draw();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.live.textContent = text(this.now.children); }, 400);
  }

  /* The sentences of all cases for a setting. */
  said(now, values) {
    return this.data.cases.map((test, place) => {
      const [value, low, high] = now.found[place], bold = (text) => make("b", {}, text);
      const line = make("p", { class: "said", "data-value": value, "data-low": low, "data-high": high });
      const known = { limit: short(test.limit_axis ? values[test.limit_axis] : test.limit, 6) + test.suffix };
      for (const axis of this.data.axes) known[axis.id] = bold(measured(values[axis.id], axis));
      for (const [name, end] of Object.entries({ value, low, high })) known[name] = bold(short(end) + test.suffix);
      line.append(...parts(test.sentence, known));
      const [verdict, was] = [now, this.before].map((one) => one.each[place]);
      if (this.data.stays) line.append(" ", make("strong", {}, this.word(verdict)));
      else if (this.data.cases.length > 1) line.append(" ", make("small", {}, say(verdict === was ? "alone" : "alone_moved", { yours: this.word(verdict), ours: this.word(was) })));
      return line;
    });
  }

  word(verdict) {
    return this.data.stays ? this.data.outcomes[verdict] : words().verdicts[verdict].word;
  }

  reason(test, verdict) { const { because } = words(); return (because[test.kind] || because.limit)[verdict]; }
  because(now) {
    const { cases: [first, second], told } = this.data;
    if (second || told) return say(new Set(told ? [...now.each, told] : now.each).size > 1 ? "mixed" : "agree");
    return this.reason(first, now.each[0]) + (first.weak ? ` ${say("weak")}` : "");
  }

  draw() {
    const data = this.data, [x, y] = [this.sides.across, this.sides.up].map((field) => this.axes.get(field.value));
    this.shown = [x, y];
    const NX = 75, NY = 50;
    const px = (value) => LEFT + shareOf(x, value) * WIDE, py = (value) => TOP + HIGH - shareOf(y, value) * HIGH;
    const shapes = [], seen = new Map();
    for (let row = 0; row < NY; row += 1) {
      let start = 0, was = null;
      for (let column = 0; column <= NX; column += 1) {
        const now = column === NX ? "" : outcome(data, { ...this.values, [x.id]: valueAt(x, (column + .5) / NX), [y.id]: valueAt(y, (row + .5) / NY) });
        if (now === was) continue;
        if (was) {
          const box = { x: LEFT + start * WIDE / NX, y: TOP + HIGH - (row + 1) * HIGH / NY, width: (column - start) * WIDE / NX, height: HIGH / NY };
          shapes.push(make("svg:rect", { class: `region ${this.look(was)}`, ...box }));
          if (!seen.has(was) || (row > 2 && row < NY - 2 && seen.get(was).width < box.width)) seen.set(was, box);
        }
        [start, was] = [column, now];
      }
    }
    const [x0, x1] = x.range.map(px), [y0, y1] = y.range.map(py);
    const id = `hatch-${this.id}`;
    const lines = make("svg:pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, make("svg:path", { d: "M0 0V6", class: "hatch" }));
    shapes.push(make("svg:defs", {}, lines), make("svg:path", { fill: `url(#${id})`, "fill-rule": "evenodd", d: `M${LEFT} ${TOP}h${WIDE}v${HIGH}h${-WIDE}zM${x0} ${y1}H${x1}V${y0}H${x0}z` }));
    const write = (x, y, text, anchor, kind) => shapes.push(make("svg:text", { x, y, "text-anchor": anchor, class: kind }, text));
    const circle = (values, kind) => shapes.push(make("svg:circle", { class: kind, cx: px(values[x.id]), cy: py(values[y.id]), r: 5 }));
    for (const [now, box] of seen) {
      const name = data.stays ? "" : this.word(now);
      if (box.width > 5.4 * name.length) write(box.x + box.width / 2, box.y + 4, name, "middle", "name");
    }
    for (const [part, anchor, down] of [[0, "start", 0], [.5, "middle", 4], [1, "end", 9]]) {
      write(LEFT + part * WIDE, TOP + HIGH + 14, short(valueAt(x, part)), anchor);
      write(LEFT - 5, TOP + HIGH - part * HIGH + down, short(valueAt(y, part)), "end");
    }
    shapes.push(make("svg:rect", { class: "edge", x: LEFT, y: TOP, width: WIDE, height: HIGH }));
    for (const one of data.presets) circle({ ...this.ours, ...one.values }, "theirs");
    circle(this.ours, "ours");
    shapes.push(make("svg:path", { class: "mine", d: `M${px(this.values[x.id])} ${py(this.values[y.id])}m-7 0h14m-7-7v14` }));
    const cut = (text) => text.length > 56 ? text.slice(0, 54) + "…" : text;
    write(LEFT, 254, cut(x.label));
    write(LEFT, 13, cut(y.label));
    this.svg.replaceChildren(...shapes);
    const mine = listed([x, y].map((axis) => measured(this.values[axis.id], axis)));
    this.svg.setAttribute("aria-label", say("plane", { across: x.label, up: y.label, mine, outcome: this.word(outcome(data, this.values)) }));
    const key = [...seen.keys()].map((now) => make("span", { class: `key ${this.look(now)}` }, this.word(now)));
    this.legend.replaceChildren(...key, make("small", {}, say("marks")));
  }
  look(now) { return words().verdicts[now].kind; }

  /* What a reader can paste: the claim, the setting, what follows, ours, and where it stands. */
  quote() {
    const { data, values } = this, now = settle(data, values), moved = this.moved();
    const setting = listed(moved.map((axis) => say(plausible(values[axis.id], axis) ? "setting" : "setting_beyond", { label: axis.label, value: measured(values[axis.id], axis), ...ends(axis.range) })));
    const said = data.cases.length > 1 ? [] : [text(this.said(now, values))]; // several tests are too long to paste
    return say(!moved.length ? "quote_ours" : data.stays ? "quote_stays" : "quote", {
      claim: data.claim, setting, found: [...said, data.condition || this.because(now)].join(" "),
      found_ours: text(this.said(this.before, this.ours)), yours: this.word(now.verdict), ours: data.ours, source: words().source, address: this.address() });
  }
  picture() {
    const copy = this.svg.cloneNode(true), from = this.svg.querySelectorAll("*"), to = copy.querySelectorAll("*");
    from.forEach((node, place) => {
      const look = getComputedStyle(node);
      for (const name of ["fill", "stroke", "fill-opacity", "font"]) to[place].style.setProperty(name, look.getPropertyValue(name));
    });
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
