/* Runs in the head, before anything is painted: the colours the reader chose, else those of the system. */
(function () {
  var theme = null;
  try { theme = localStorage.getItem("theme"); } catch (e) { /* storage may be closed to pages from the disk */ }
  if (theme !== "dark" && theme !== "light") {
    theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  document.documentElement.setAttribute("data-theme", theme);
})();
