/* One microtask: a box round the car, by pointer or by keys; whether it is accepted, and what it brings at the hour that stands beside
   it. The words are the page's own, so that they are translated with it. Without this file the text stands alone. */
(() => {
"use strict";
const task = document.querySelector(".microtask"), scene = task?.querySelector(".scene");
if (!scene) return;
const CAR = [214, 143, 362, 214], GOOD = 0.7, STEP = 6; // the car's box, how well it must be met (shared over joint area), a key's step
const box = scene.querySelector(".box"), list = task.querySelector("ul");
const [accepted, rejected] = [...list.children].map((line) => line.textContent);
const hour = Number(task.querySelector("data.num").value);
const said = document.createElement("p");
said.setAttribute("aria-live", "polite");
scene.setAttribute("aria-label", [...task.querySelectorAll(".web p")].map((one) => one.textContent).join(" "));
list.replaceWith(said);
scene.classList.add("ready");

let start = null, began = 0, at = null; // where a drag began, when, and the box: left, top, right, bottom
const area = ([left, top, right, bottom]) => Math.max(0, right - left) * Math.max(0, bottom - top);
function met(one, other) {
  const shared = area([0, 1].map((i) => Math.max(one[i], other[i])).concat([2, 3].map((i) => Math.min(one[i], other[i]))));
  return shared / (area(one) + area(other) - shared);
}
function draw(corners) {
  at = corners;
  const sizes = { x: at[0], y: at[1], width: at[2] - at[0], height: at[3] - at[1] };
  for (const [name, value] of Object.entries(sizes)) box.setAttribute(name, Math.max(0, value));
}
function handIn() {
  const seconds = (performance.now() - began) / 1000, number = (value) => value.toLocaleString(document.documentElement.lang, { maximumSignificantDigits: 2 });
  const words = met(at, CAR) >= GOOD ? accepted : rejected;
  said.textContent = words.replace("{seconds}", number(seconds)).replace("{cents}", number(hour * seconds / 36));
}
function point(event) {
  const frame = scene.getBoundingClientRect();
  return [(event.clientX - frame.left) / frame.width * 480, (event.clientY - frame.top) / frame.height * 270];
}
function drag(event) {
  const end = point(event);
  draw([0, 1].map((i) => Math.min(start[i], end[i])).concat([0, 1].map((i) => Math.max(start[i], end[i]))));
}
scene.addEventListener("pointerdown", (event) => { start = point(event); began = performance.now(); scene.setPointerCapture(event.pointerId); event.preventDefault(); });
scene.addEventListener("pointermove", (event) => { if (start) drag(event); });
scene.addEventListener("pointerup", (event) => { if (start) { drag(event); start = null; handIn(); } });
scene.addEventListener("pointercancel", () => { start = null; });
scene.addEventListener("keydown", (event) => {
  const way = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
  if (event.key === "Enter" && at) { handIn(); at = null; return; }
  if (event.key === "Enter" || (way && !at)) { began = performance.now(); draw([150, 100, 270, 170]); }
  if (!way) return;
  event.preventDefault();
  const [x, y] = way;
  draw(event.shiftKey ? [at[0], at[1], Math.max(at[0] + STEP, at[2] + x), Math.max(at[1] + STEP, at[3] + y)] : [at[0] + x, at[1] + y, at[2] + x, at[3] + y]);
});
})();
