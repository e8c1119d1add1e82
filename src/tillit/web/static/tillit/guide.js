// An improvement only: every page of the guided check works without it.
(() => {
  "use strict";
  let asked = 0; // when the last question to the server was sent
  const typed = new WeakMap();
  document.addEventListener("input", (event) => typed.set(event.target, performance.now()));
  document.addEventListener("htmx:beforeRequest", () => { asked = performance.now(); });
  // A part of the page in which somebody has typed since then is left as it is: nothing typed is ever lost.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const fields = event.detail.target.querySelectorAll("input, select, textarea");
    if ([...fields].some((field) => (typed.get(field) || 0) > asked)) event.detail.shouldSwap = false;
  });
})();
