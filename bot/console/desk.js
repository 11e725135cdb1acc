// The desk: the list refreshes where it stands, and can be walked through by keys. Everything works without this file.
"use strict";
(() => {
  const parts = () => document.querySelectorAll("[data-live]");
  const said = document.getElementById("said");
  const later = document.getElementById("later");
  const REST = 3000; // so long must the pointer rest before a list moves under it
  const WRITES = 4000; // who types says so this often
  let moved = -REST, waiting = 0, stale = false;

  const rows = (root) => [...root.querySelectorAll("[data-row]")];
  const names = (root) => rows(root).map((row) => row.dataset.row);

  const busy = () => {
    const inside = document.activeElement.closest("[data-live]");
    return Boolean(inside) || (performance.now() - moved < REST && document.querySelector("[data-live]:hover"));
  };

  // What is read out: how many rows came and went; times that tick are no news.
  const news = (before, after) => {
    const come = after.filter((name) => !before.includes(name)).length;
    const gone = before.filter((name) => !after.includes(name)).length;
    return come || gone ? said.dataset.said.replace("{come}", come).replace("{gone}", gone) : "";
  };

  const read = async () => {
    const answer = await fetch(document.body.dataset.page, { headers: { "X-By-Itself": "refresh" }, redirect: "manual" });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  };

  const show = (page, asked) => {
    const before = names(document);
    for (const old of parts()) {
      const fresh = page.getElementById(old.id);
      if (fresh && fresh.innerHTML !== old.innerHTML) old.replaceChildren(...fresh.childNodes);
    }
    const told = news(before, names(document));
    if (told) said.textContent = told;
    if (later) later.hidden = true;
    if (asked) parts()[0].focus();
  };

  const refresh = async (asked) => {
    clearTimeout(waiting);
    stale = document.hidden;
    if (stale) return;
    const page = await read().catch(() => null);
    if (!page) return;
    const note = document.getElementById("changed");
    if (note && page.getElementById("changed").dataset.revision !== note.dataset.revision) note.hidden = false;
    if (!parts().length) return;
    if (asked || !busy()) return show(page, asked);
    if (later && String(names(page)) !== String(names(document))) later.hidden = false;
    waiting = setTimeout(again, REST);
  };

  const again = () => {
    if (busy()) waiting = setTimeout(again, REST);
    else refresh(false);
  };

  // The browser opens a stream that broke anew; one that was refused is asked for later and later.
  const follow = (path, pause = REST) => {
    const source = new EventSource(path);
    source.addEventListener("open", () => { pause = REST; refresh(false); });
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(() => follow(path, Math.min(2 * pause, 60 * REST)), pause);
    });
    source.addEventListener("changed", () => refresh(false));
    source.addEventListener("over", () => {
      source.close();
      document.getElementById("over").hidden = false;
    });
    addEventListener("pagehide", () => source.close());
  };

  // Keys work only while a row has the focus, so that they never surprise who types or uses a screen reader's own keys.
  const step = (event) => {
    const row = event.target.closest && event.target.closest("[data-row]");
    if (!row || event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, select, textarea")) return;
    const all = rows(document), here = all.indexOf(row);
    const to = { j: here + 1, ArrowDown: here + 1, k: here - 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
    const link = to === undefined ? null : (all[to] && all[to].querySelector("a"));
    const claim = event.key === "c" ? row.querySelector("button") : null;
    if (!link && !claim) return;
    event.preventDefault();
    if (link) link.focus();
    else claim.click();
  };

  // While an answer is typed its readers are told so, and nothing of it.
  let told = -WRITES;
  const write = (event) => {
    const form = event.target.matches("textarea") ? event.target.closest("[data-writing]") : null;
    if (!form || !event.target.value.trim() || performance.now() - told < WRITES) return;
    told = performance.now();
    const fields = new FormData(form);
    const body = new URLSearchParams({ csrf: fields.get("csrf"), to: fields.get("to") || form.dataset.to });
    fetch(form.dataset.writing, { method: "POST", body, headers: { "X-By-Itself": "writing" } }).catch(() => {});
  };

  document.addEventListener("input", write);
  document.addEventListener("keydown", step);
  document.addEventListener("pointermove", () => { moved = performance.now(); }, { passive: true });
  document.addEventListener("visibilitychange", () => { if (stale) refresh(false); });
  if (later) later.querySelector("button").addEventListener("click", () => refresh(true));
  const events = document.body.dataset.events;
  if (events && window.EventSource && said) follow(events);
})();
