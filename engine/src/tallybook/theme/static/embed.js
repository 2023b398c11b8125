/* In a frame: tells the page around it how tall the text is, now and whenever that changes. */
if (parent !== window) {
  new ResizeObserver(function () {
    parent.postMessage({ frameHeight: Math.ceil(document.documentElement.getBoundingClientRect().height) }, "*");
  }).observe(document.documentElement);
}
