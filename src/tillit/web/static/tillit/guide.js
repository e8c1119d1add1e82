// An improvement only: every page of the guided check works without it.
(() => {
  "use strict";
  let asked = 0; // when the last question to the server was sent
  const used = new WeakMap(); // when somebody last did anything in a part of the page
  const note = (event) => {
    const part = event.target instanceof Element && event.target.closest(".slot");
    if (part) used.set(part, performance.now());
  };
  for (const name of ["input", "click", "keydown", "focusin"]) document.addEventListener(name, note, true);
  document.addEventListener("htmx:beforeRequest", () => { asked = performance.now(); });
  // A part in which somebody has been at work since then is left as it is: nothing typed or unfolded is ever lost.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    if ((used.get(event.detail.target) || 0) > asked) event.detail.shouldSwap = false;
  });
})();
