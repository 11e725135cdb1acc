// Adds to pages that work without it: leaving blanks the page at once, and the chat is one entry in the history.
(() => {
  "use strict";
  let gone = false;
  let asking = null;
  const part = (address) => {
    gone = true;
    asking?.abort();
    document.body.replaceChildren();
    location.replace(address);
  };
  const leave = () => part("/leave");
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
    if (event.persisted) part("/");
  });

  // A form's answer takes the place of the page. Words that were not taken, or typed meanwhile, stay in the box.
  const typed = () => document.getElementById("text")?.value ?? "";
  const show = (html, before) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const onward = page.querySelector("[data-onward]");
    if (onward) return part(onward.href);
    const words = typed();
    for (const name of ["lang", "dir"]) document.documentElement.setAttribute(name, page.documentElement.getAttribute(name));
    document.body.replaceWith(page.body);
    const box = document.getElementById("text");
    const refused = document.querySelector(".notice:not([hidden])");
    if (box && !box.value && (refused || words !== before)) box.value = words;
    scrollTo(0, 0);
    document.querySelector("[autofocus]")?.focus();
  };
  const unsent = () => {
    const notice = document.getElementById("unsent");
    notice.hidden = false;
    notice.scrollIntoView({ block: "center" });
  };
  addEventListener("submit", async (event) => {
    if (!("submitter" in event)) return; // an old browser sends it by itself
    event.preventDefault();
    const said = new URLSearchParams(new FormData(event.target));
    if (event.submitter?.name) said.append(event.submitter.name, event.submitter.value);
    asking?.abort();
    const mine = (asking = new AbortController());
    const before = typed();
    try {
      const answer = await fetch("/", { method: "POST", body: said, signal: mine.signal });
      const html = await answer.text();
      if (mine === asking && !gone) show(html, before);
    } catch {
      if (mine === asking && !gone) unsent();
    }
  });
  const print = document.querySelector("[data-print]");
  if (print) print.hidden = false;
  print?.addEventListener("click", () => window.print());
  if (location.pathname === "/") history.replaceState(null, "", "/");
})();
