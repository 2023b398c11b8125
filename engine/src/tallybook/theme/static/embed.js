/* In a frame: tells the page around it how tall the text is, now, whenever that changes, and when it is asked. */
if (parent !== window) {
  var tell = function () {
    parent.postMessage({ frameHeight: Math.ceil(document.documentElement.getBoundingClientRect().height) }, "*");
  };
  new ResizeObserver(tell).observe(document.documentElement);
  addEventListener("message", tell);
}
