/* The panel of an answer: what the reader thinks, what we think, and what becomes of our answer with the reader's own ranges.
   The first half computes as tallybook/answers does, from the same quantiles at the same points; a test compares both. What
   the panels of a report compute with is a script of its own, which comes when one is opened. No library. */
(() => {
"use strict";
const lang = document.documentElement.lang || "en";
const COUNT = 8192, MIDDLE = 16, LAST = 32, SHARES = 201; // as in pool.py; the quantiles of a factor are 0 to LAST
const memory = new Map(), data = () => window.answersPanel;
const remember = (key, make) => { if (!memory.has(key)) memory.set(key, make()); return memory.get(key); };

/* ---- scales, formulas, factors ---- */
const hundred = (scale) => scale === "logit" ? 100 : 1;
const onto = (scale, x) => scale === "log" ? Math.log(x) : scale === "logit" ? Math.log(x / (1 - x)) : x;
const natural = (scale, x) => scale === "log" ? Math.exp(x) : scale === "logit" ? 1 / (1 + Math.exp(-x)) : x;
const put = (scale, value) => onto(scale, value / hundred(scale)), printed = (scale, x) => natural(scale, x) * hundred(scale);

/* The normal distribution: a series near its middle (Marsaglia 2004), a continued fraction in its tails. */
function normal(x) {
  const size = Math.abs(x), density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  let below = size, sum = size, term = size;
  for (let n = 3; term > sum * 1e-17 && size < 3; n += 2) sum += term *= x * x / n;
  for (let n = 80; n > 0 && size >= 3; n -= 1) below = size + n / below;
  const tail = size < 3 ? .5 - density * sum : density / below;
  return x < 0 ? tail : 1 - tail;
}
/* Its inverse, by halving. */
function normalAt(below) {
  let low = -9, high = 9;
  for (let n = 0; n < 56; n += 1) normal((low + high) / 2) < below ? low = (low + high) / 2 : high = (low + high) / 2;
  return (low + high) / 2;
}
const FUNCTIONS = {
  "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b, "**": (a, b) => a ** b,
  odds: (share) => share / (1 - share), share: (odds) => odds / (1 + odds),
  above: (value, median, spread) => normal(Math.log(median / value) / spread),
  mean: (median, spread) => median * Math.exp(spread * spread / 2),
  median: (value, below, spread) => value / Math.exp(normalAt(below) * spread),
  minimum: (a, b) => Math.min(a, b), maximum: (a, b) => Math.max(a, b),
  either: (chance, one, other) => chance > .5 - 1e-9 ? one : other,
};
function evaluate(part, values) {
  if (!Array.isArray(part)) return typeof part === "string" ? values[part] : part;
  const act = FUNCTIONS[part[0]], given = part.slice(1).map((one) => evaluate(one, values)), long = given.find((one) => one.length);
  if (!long) return act(...given);
  const [a, b, c] = given.map((one) => one.length ? one : long.map(() => one));
  return a.map((x, i) => act(x, b?.[i], c?.[i]));
}
const namesOf = (part) => Array.isArray(part) ? [...new Set(part.slice(1).flatMap(namesOf))] : typeof part === "string" ? [part] : [];

/* A factor as it was sent: its quantiles are second differences of whole numbers. */
const factor = (name) => remember(`factor ${name}`, () => {
  const [label, scale, judged, bends] = data().factors[name];
  let slope = 0, value = 0;
  return { label, scale, judged, quantiles: bends.map((bend) => (value += slope += bend) / data().unit) };
});
const step = (place) => (place - MIDDLE) / 5; // of a standard normal, at a place among the quantiles
function moved(scale, ends) {
  const [low, high] = ends.map((end) => put(scale, end));
  return Array.from({ length: LAST + 1 }, (_one, place) => (low + high) / 2 + step(place) * (high - low) / (2 * data().eighty));
}
function at(quantiles, place) {
  const below = Math.min(Math.floor(place), LAST - 1);
  return quantiles[below] + (place - below) * (quantiles[below + 1] - quantiles[below]);
}
const draw = (scale, quantiles, places) => places.map((place) => natural(scale, at(quantiles, place)));
/* Where a probability lies among the quantiles. */
function placeOf(level) {
  const { levels } = data(), below = Math.min(LAST - 1, Math.max(0, levels.findLastIndex((one) => one <= level)));
  return Math.min(LAST, Math.max(0, below + (level - levels[below]) / (levels[below + 1] - levels[below])));
}
/* Multiples of the square roots of the first primes, as places. */
function points(dimensions) {
  const primes = [];
  for (let number = 2; primes.length < dimensions; number += 1) if (primes.every((one) => number % one)) primes.push(number);
  return primes.map((one) => Float64Array.from({ length: COUNT }, (_point, i) => placeOf((.5 + (Math.sqrt(one) % 1) * (i + 1)) % 1)));
}

/* ---- the answer ---- */
const sum = (values) => values.reduce((a, b) => a + b, 0), mean = (values) => sum(values) / values.length;
function variance(values) { const middle = mean(values); return mean(values.map((x) => (x - middle) ** 2)); }
function quantile(sorted, level) {
  const place = (sorted.length - 1) * level, below = Math.floor(place), next = sorted[below + 1] ?? sorted[below];
  return sorted[below] + (place - below) * (next - sorted[below]);
}
function added(weighted) {
  const total = new Float64Array(COUNT);
  for (const [weight, values] of weighted) for (let i = 0; i < COUNT; i += 1) total[i] += weight * values[i];
  return total;
}
/* The factors with more than half of the variance of a route. */
function leaders(scale, route, tables) {
  const levels = remember("levels", () => Float64Array.from({ length: SHARES }, (_one, i) => placeOf((i + .5) / SHARES)));
  const names = namesOf(route), values = (name, places) => draw(factor(name).scale, tables[name], places);
  const middle = Object.fromEntries(names.map((name) => [name, values(name, [MIDDLE])[0]]));
  const alone = names.map((name) => variance(evaluate(route, { ...middle, [name]: values(name, levels) }).map((x) => onto(scale, x))));
  return names.filter((_name, i) => Math.round(1e8 * alone[i] / (sum(alone) || 1)) / 1e6 > 50);
}
/* Median, ends of 80 and 95 percent, and all draws on the scale, with some factors between other ends; null if there is none. */
function compute(id, settings = {}) {
  const { scale, routes, between } = data().answers[id], names = namesOf(["", ...routes]);
  const places = remember(`places ${id}`, () => points(names.length + routes.length));
  const tables = {}, drawn = {}, groups = [];
  names.forEach((name, axis) => {
    const { scale: on, quantiles } = factor(name), own = Object.hasOwn(settings, name) && settings[name];
    tables[name] = own ? moved(on, own) : quantiles;
    drawn[name] = own ? draw(on, tables[name], places[axis]) : remember(`drawn ${id} ${name}`, () => draw(on, quantiles, places[axis]));
  });
  const leading = routes.map((route) => leaders(scale, route, tables));
  const values = routes.map((route) => evaluate(route, drawn).map((x) => onto(scale, x)));
  routes.forEach((_route, one) => {
    const same = groups.find((group) => group.some((other) => leading[other].some((name) => leading[one].includes(name))));
    if (same) same.push(one); else groups.push([one]);
  });
  const draws = groups.map((group) => added(group.map((one) => [1 / group.length, values[one]])));
  const middles = draws.map((one) => quantile(one.slice().sort(), .5)), found = draws.map((one) => 1 / (variance(one) + between ** 2));
  const weights = found.map((one) => one / sum(found)), pooled = sum(weights.map((weight, i) => weight * middles[i]));
  const square = sum(middles.map((middle, i) => (middle - pooled) ** 2 * found[i])) / (groups.length - 1 || 1);
  const wider = Math.max(1, Math.sqrt(square)); // the ratio of Birge
  const errors = groups.map(([first]) => places[names.length + first].map(step));
  const sorted = added(weights.flatMap((weight, i) => [[weight, draws[i]], [weight * between, errors[i]]])).sort();
  const middle = quantile(sorted, .5), all = sorted.map((x) => pooled + wider * (x - middle));
  const [low95, low, median, high, high95] = [.025, .1, .5, .9, .975].map((level) => printed(scale, quantile(all, level)));
  return Number.isFinite(sum(all)) ? { low95, low, median, high, high95, all } : null;
}

/* ---- text ---- */
const decimal = new Intl.NumberFormat(lang).format(1.5)[1], plural = new Intl.PluralRules(lang);
const short = (value, digits = 2) => new Intl.NumberFormat(lang, { maximumSignificantDigits: digits, roundingMode: "halfEven", useGrouping: "always" })
  .format(Number(value.toPrecision(10))).replace("-", "\u2212");
const percent = (value, digits) => new Intl.NumberFormat(lang, { style: "percent", maximumSignificantDigits: digits }).format(value / 100).replace("\u00a0", "\u202f");
const share = (value) => percent(Math.round(value), 3);
const filled = (text, holes) => text.replace(/\{(\w+)\}/g, (_all, name) => holes[name]);
/* Two ends, the lower first, as a reader writes them with the signs of his language; null for what a scale does not have. */
function range(scale, ...texts) {
  const ends = texts.map((text) => {
    const bare = text.replace(/\s/g, "").replace("\u2212", "-");
    const plain = decimal === "," ? bare.replace(",", ".") : bare.replace(/,(?=\d{3}(?!\d))/g, "");
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
  });
  return ends.length === 2 && ends.every((end) => Number.isFinite(put(scale, end))) && ends[0] <= ends[1] ? ends : null;
}

/* ---- the panel ---- */
function built(fold) {
  const id = fold.id.slice(4), { scale, unit: [before, after, one, many], shares, routes } = data().answers[id];
  const names = namesOf(["", ...routes]), ours = compute(id), controls = [], rest = names.filter((name) => !shares[name]);
  let changed = {}, mine = null, now = ours, frame = 0, timer = 0;
  const sign = (before + after).trim(), cents = sign && sign !== "%" ? /[.,]\d$/ : /$^/;
  const measured = (value) => before + short(value).replace(cents, "$&0") + after;
  const field = (words) => `<input type="text" inputmode="decimal" autocomplete="off" aria-label="${words}">`;
  const two = filled(_("between {low} and {high}"), { low: field(_("Low")), high: field(_("High")) });
  fold.insertAdjacentHTML("beforeend", `<p class="note" role="alert"></p><p class="sr" role="status"></p>
<form novalidate><p>${_("First your own answer: two figures between which the truth lies, with four chances in five.")}</p>
<p class="ends">${two} ${sign || many} <button>${_("Compare with ours")}</button> <button type="button">${_("Show ours at once")}</button></p></form>
<div class="ours" hidden><div class="head"><p class="tag"></p><p class="says"></p><div class="rows" aria-hidden="true"></div></div><p class="guess"></p>
<p>${_("Our answer rests on these factors; what it hangs on most comes first. Each range holds four chances in five. Move an end, and the answer follows.")}</p>
<div class="main"></div><details><summary>${_("Factors with less than 2% of the doubt")} (${rest.length})</summary></details>
<p class="ends"><button type="button">${_("Back to our ranges")}</button></p></div>`);
  const part = (selector) => fold.querySelector(selector), fields = [...fold.querySelectorAll("form input")];
  const [note, tag, says, body] = [".note", ".tag", ".says", ".ours"].map(part), few = part("details");
  for (const name of Object.keys(shares)) part(".main").append(control(name));
  few.append(...rest.map(control));
  few.hidden = !rest.length;
  part("form [type=button]").addEventListener("click", reveal);
  part(".ours .ends button").addEventListener("click", () => { changed = {}; set(); });
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const ends = range(scale, ...fields.map((one) => one.value));
    if (ends) { mine = ends; reveal(); } else { note.textContent = _("Please give two numbers, first the lower one."); fields[0].focus(); }
  });

  /* A factor: its range as two sliders on its scale, of so many steps. */
  function control(name) {
    const { label, judged, quantiles, scale: on } = factor(name), STEPS = 200, pad = quantiles[0] === quantiles[LAST] ? .1 : 0;
    let start = quantiles[0] - pad, end = quantiles[LAST] + pad;
    const tidy = (x) => { // no more digits than a step changes
      const value = printed(on, x), digit = 10 ** Math.floor(Math.log10(printed(on, x + (end - start) / STEPS) - value));
      return Number((Math.round(value / digit) * digit).toPrecision(12));
    };
    const usual = [.1, .9].map((level) => tidy(at(quantiles, placeOf(level)))), text = (value) => on === "logit" ? percent(value, 10) : short(value, 10);
    const box = document.createElement("fieldset"), both = ([low, high]) => filled(_("{low} to {high}"), { low: text(low), high: text(high) });
    const weight = shares[name] ? filled(_("{share} of the doubt"), { share: share(shares[name]) }) : "", slider = `<input type="range" min="0" max="${STEPS}">`;
    box.innerHTML = `<legend></legend><p><output></output> <small>${weight}</small></p><div class="two">${slider + slider}</div>`;
    box.firstChild.append(label, ...judged ? [` (${_("judged")})`] : []);
    const sliders = [...box.querySelectorAll("input")];
    sliders.forEach((slider, high) => {
      slider.setAttribute("aria-label", `${label}, ${high ? _("high end") : _("low end")}`);
      slider.addEventListener("input", () => {
        const ends = [...changed[name] ?? usual], value = tidy(start + slider.value * (end - start) / STEPS);
        ends[high] = high ? Math.max(value, ends[0]) : Math.min(value, ends[1]);
        changed[name] = ends;
        if (String(ends) === String(usual)) delete changed[name];
        set();
      });
    });
    controls.push(() => {
      const ends = changed[name] ?? usual, [low, high] = ends.map((value) => put(on, value));
      [start, end] = [Math.min(start, low), Math.max(end, high)];
      const marks = { low, high, from: put(on, usual[0]), to: put(on, usual[1]) };
      for (const [key, x] of Object.entries(marks)) box.style.setProperty(`--${key}`, (x - start) / (end - start));
      sliders.forEach((slider, i) => { slider.value = STEPS * ([low, high][i] - start) / (end - start); slider.setAttribute("aria-valuetext", text(ends[i])); });
      sliders[0].style.zIndex = 2 * low > start + end ? 2 : 0; // where both lie at an end, the one that can move
      box.querySelector("output").textContent = changed[name] ? filled(_("{range}, ours {ours}"), { range: both(ends), ours: both(usual) }) : both(ends);
    });
    return box;
  }

  /* Ours, the reader's guess, and what has become of ours, on one axis. */
  function rows() {
    const guess = mine && { low: mine[0], high: mine[1], low95: mine[0], high95: mine[1] };
    const all = [[_("ours"), ours, "found"], [_("yours"), guess, "said"], [_("with your ranges"), now !== ours && now, "found"]].filter((row) => row[1]);
    const first = Math.min(...all.map((row) => row[1].low95)), last = Math.max(...all.map((row) => row[1].high95));
    const x = (value) => 1 + 98 * (put(scale, value) - put(scale, first)) / (put(scale, last) - put(scale, first) || 1);
    const bar = (low, high, y) => `<rect x="${x(low)}%" width="${x(high) - x(low)}%" y="${y}em" height="${1 - 2 * y}em"/>`;
    const drawn = all.map(([words, { low95, low, median, high, high95 }, kind]) => `<span>${words}</span><svg class="${kind}" height="1em">${
      median === undefined ? "" : bar(low95, high95, .4)}${bar(low, high, .25)}${median === undefined ? "" : `<circle cx="${x(median)}%" cy=".5em" r=".3em"/>`}</svg>`);
    return `${drawn.join("")}<span></span><small><span>${measured(first)}</span><span>${measured(last)}</span></small>`;
  }
  function show() {
    const found = Object.keys(changed).length ? compute(id, changed) : ours;
    if (!found) note.textContent = _("Such ranges together give no answer: take less extreme ones.");
    [now, frame] = [found ?? now, 0];
    const bold = (text) => `<b>${text}</b>`, word = plural.select(Number(now.median.toPrecision(2))) === "one" ? one : many;
    tag.textContent = now === ours ? _("Our answer") : _("With your ranges");
    says.innerHTML = filled(_("About {value}; four chances in five that it is between {low} and {high}."), {
      value: bold(`${measured(now.median)} ${word}`.trim()), low: bold(measured(now.low)), high: bold(measured(now.high)) });
    const [low, high] = (mine ?? []).map((value) => put(scale, value)), within = ours.all.filter((x) => x >= low && x <= high).length / COUNT;
    part(".guess").textContent = mine ? filled(_("You say {low} to {high}. By our answer, the chance that the truth lies there is {chance}."), {
      low: measured(mine[0]), high: measured(mine[1]), chance: share(100 * within) }) : "";
    part(".rows").innerHTML = rows();
    for (const one of controls) one();
  }
  /* What is moved is shown with the next picture of the screen; when it rests it is told, and stands in the address. */
  function set() {
    note.textContent = "";
    frame ||= requestAnimationFrame(show);
    clearTimeout(timer);
    timer = setTimeout(() => {
      part("[role=status]").textContent = `${tag.textContent}: ${says.textContent}`;
      const ranges = Object.entries({ ...changed, ...mine && { mine } }).map(([name, ends]) => [name, ends.join("..")]);
      try { history.replaceState(null, "", `?${new URLSearchParams([["answer", id], ...ranges])}${location.hash}`); } catch (e) { /* a page on disk may keep its address */ }
    }, 500);
  }
  function reveal() {
    body.hidden = false;
    part("form [type=button]").hidden = true;
    part(".head").style.top = `${document.querySelector(".bar")?.offsetHeight ?? 0}px`;
    set();
  }
  /* From an address: what makes sense there counts, and the first thing that does not is told. */
  function read(pairs) {
    let bad = "";
    for (const [name, text] of pairs) {
      const on = name === "mine" ? scale : names.includes(name) && factor(name).scale, ends = on && range(on, ...text.split(".."));
      if (!ends) bad ||= on ? _("A range in the address makes no sense; all others count.") : _("The address names something that this answer does not have.");
      else if (name === "mine") mine = ends; else changed[name] = ends;
    }
    fields.forEach((one, end) => { one.value = mine ? short(mine[end], 10) : ""; });
    if (mine || Object.keys(changed).length) reveal();
    note.textContent = bad;
  }
  return read;
}

const folds = [...document.querySelectorAll("details.try")];
const open = async (fold) => { await window.loadScript(fold.dataset.file); return remember(fold, () => built(fold)); };
for (const fold of folds) {
  fold.hidden = false;
  fold.addEventListener("toggle", () => { if (fold.open) open(fold).catch(() => {}); });
}
const asked = new URLSearchParams(location.search), name = asked.get("answer"), wanted = name === null ? location.hash : `#try-${name}`;
const fold = folds.find((one) => `#${one.id}` === wanted);
asked.delete("answer");
if (fold) {
  fold.open = true;
  open(fold).then((read) => { read(name === null ? [] : asked); (name && String(asked) ? fold : fold.closest("section")).scrollIntoView(); }).catch(() => {});
} else if (name !== null && folds.length) {
  document.querySelector("h1").insertAdjacentHTML("afterend", `<p class="note" role="alert">${_("This page has no answer of the name that the address gives.")}</p>`);
}
window.answersTry = { compute, short, normal };
})();
