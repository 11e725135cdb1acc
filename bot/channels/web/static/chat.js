// Adds to pages that work without it: leaving blanks the page at once, and Back never shows an old one.
(() => {
  "use strict";
  const leave = () => {
    document.body.replaceChildren();
    location.replace("/leave");
  };
  let escapes = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    escapes = [...escapes, event.timeStamp].filter((time) => event.timeStamp - time < 2000);
    if (escapes.length >= 3) leave();
  });
  addEventListener("click", (event) => {
    if (!event.target.closest?.(".leave")) return;
    event.preventDefault();
    leave();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.body.replaceChildren();
    location.replace("/");
  });
  // The answer to a form becomes an ordinary page of the history; one that shows a code stays what it is, so that
  // the browser's own "send again?" brings the code back.
  if (location.pathname === "/" && !document.querySelector("[data-once]")) history.replaceState(null, "", "/");
})();
