/* Runs in the head, before anything is painted: the colours the reader chose, else those of the system; and how much of a chapter
   the address asks for, else the reader chose. */
(function () {
  var root = document.documentElement, theme = null, depth = new URLSearchParams(location.search).get("depth");
  try {
    theme = localStorage.getItem("theme");
    depth = depth || localStorage.getItem("depth");
  } catch (e) { /* storage may be closed to pages from the disk */ }
  if (theme !== "dark" && theme !== "light") {
    theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  root.setAttribute("data-theme", theme);
  if (/^(short|story|evidence)$/.test(depth)) root.setAttribute("data-depth", depth);
})();
