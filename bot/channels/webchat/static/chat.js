// Adds to pages that work without it. Nothing is kept: what it remembers goes with the page.
(() => {
  "use strict";
  const html = document.documentElement;
  const root = html.dataset.root;
  const $ = (selector, from = document) => from.querySelector(selector);
  const LOOKED_AWAY = 30e3, UNTOUCHED = 180e3, PATIENCE = 60e3, SLOW = 700, WRITTEN = 6e3;
  let gone = false; // leaving
  let asking = null; // the request under way
  let last = null; // what was sent last, to send it again just so
  let kept = null; // the chat's body while the cover hides it
  let told = false; // whether the server knows of the cover
  let draft = ""; // words in the box when the cover came
  let touched = Date.now();

  // Leaving: nothing is visible at once; the server hears of it by a beacon; Back finds no chat.
  const part = (address, from = self) => {
    if (gone) return;
    gone = true;
    asking?.abort();
    hush();
    live(null);
    document.body.replaceChildren();
    from.location.replace(address);
  };
  const leave = () => {
    if (gone) return;
    const sent = navigator.sendBeacon?.(`${root}leave`);
    part(sent ? html.dataset.away : `${root}leave`, top); // a page that frames us goes, too
  };
  let escapes = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    escapes = [...escapes, event.timeStamp].filter((time) => event.timeStamp - time < 2000);
    if (escapes.length >= 3) leave();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) part(root);
  });

  // The cover: at once from the page itself; a moment later the server knows, so that a reload shows it too.
  const typed = () => $("#text")?.value ?? "";
  const cover = () => {
    const hidden = $("#cover");
    if (gone || kept || !hidden) return;
    hush();
    draft = typed();
    kept = document.body;
    const page = document.createElement("body");
    page.className = "cover";
    page.append(hidden.content.cloneNode(true));
    kept.replaceWith(page);
    document.title = $("[data-title]").dataset.title;
    scrollTo(0, 0);
  };
  const uncover = () => {
    if (!kept) return;
    document.body.replaceWith(kept);
    kept = null;
    document.title = "Passerelle";
    touched = Date.now();
  };
  const tell = () => {
    if (!kept || told) return;
    told = true;
    live(null);
    const fields = new URLSearchParams(new FormData($("[data-back]")));
    fetch(`${root}cover`, { method: "POST", body: fields, keepalive: true }).catch(() => (told = false));
  };
  let away = 0;
  addEventListener("visibilitychange", () => {
    if (document.hidden) {
      if (kept) return;
      away = Date.now();
      cover();
      setTimeout(() => away && tell(), LOOKED_AWAY);
    } else if (away) {
      if (Date.now() - away < LOOKED_AWAY && !told) uncover();
      else tell();
      away = 0;
    }
  });
  for (const kind of ["pointerdown", "pointermove", "keydown", "input", "focusin", "selectionchange", "scroll"]) addEventListener(kind, () => (touched = Date.now()), true);
  setInterval(() => {
    if (kept || Date.now() - touched < UNTOUCHED || globalThis.speechSynthesis?.speaking) return;
    cover();
    tell();
  }, 5e3);

  // An answer takes the place of the page. Words that were not taken, or typed meanwhile, stay in the box.
  const show = (text, before) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const onward = $("[data-onward]", page);
    if (onward) return part(onward.href);
    if (!$("main", page)) return unsent(); // no page of ours: something on the way answered
    const words = kept ? draft : typed();
    for (const name of ["lang", "dir", "class", "data-away"]) html.setAttribute(name, page.documentElement.getAttribute(name) ?? "");
    const focus = $("[autofocus]", page);
    focus?.removeAttribute("autofocus");
    hush();
    document.title = page.title;
    document.body.replaceWith(page.body);
    kept = $("body.cover") ? kept : null;
    told = Boolean(kept);
    const box = $("textarea#text");
    if (box && !box.value && ($(".notice:not([hidden])") || words !== before)) box.value = words;
    if (!kept) draft = "";
    ready();
    scrollTo(0, 0);
    focus?.focus();
  };
  const unsent = () => {
    const busy = $("#busy");
    if (busy) busy.hidden = true;
    const notice = $("#unsent") ?? $("[data-offline]");
    if (!notice) return;
    notice.hidden = false;
    notice.scrollIntoView({ block: "center" });
  };
  const ask = async (address, body) => {
    last = [address, body];
    asking?.abort();
    const mine = (asking = new AbortController());
    const before = typed();
    const late = [
      setTimeout(() => $("#busy") && ($("#busy").hidden = false), SLOW),
      setTimeout(() => mine.abort(), PATIENCE),
    ];
    try {
      const answer = await fetch(address, { method: body ? "POST" : "GET", body, signal: mine.signal });
      const text = await answer.text();
      if (mine === asking && !gone) show(text, before);
    } catch {
      if (mine === asking && !gone) kept && !$("[data-word]") && $("body.cover") ? uncover() : unsent();
    } finally {
      late.forEach(clearTimeout);
    }
  };
  addEventListener("submit", (event) => {
    if (!("submitter" in event)) return; // an old browser sends it by itself
    event.preventDefault();
    const form = event.target;
    if (form.matches("[data-cover]")) {
      cover();
      return tell();
    }
    if (form.matches("[data-back]") && !told && kept) return uncover();
    const said = new URLSearchParams(new FormData(form));
    if (event.submitter?.name) said.append(event.submitter.name, event.submitter.value);
    receipt = said.get("text") || receipt;
    ask(form.action, said);
  });
  let calls = false; // whether "is it safe to call?" was answered
  addEventListener("click", (event) => {
    const on = (selector) => event.target.closest?.(selector);
    const link = on("a[data-in]");
    const dial = on(".dial");
    if (on(".leave")) event.preventDefault(), leave();
    else if (link && (top === self || !link.target)) event.preventDefault(), ask(link.href);
    else if (on("[data-again]")) ask(...last);
    else if (on("[data-print]")) print();
    else if (on("[data-listen]")) listen();
    else if (on("[data-answer]")) answer();
    else if (dial && on("a")) calls = true;
    else if (dial && calls && on("summary")) event.preventDefault(), $("a", dial).click();
  });

  // Listening: by voices of the device alone, for others would send the words to somebody.
  const speech = globalThis.speechSynthesis;
  const voice = (language) => speech.getVoices().find((one) => one.localService && one.lang.slice(0, 2).toLowerCase() === language);
  const pieces = () =>
    [...document.querySelectorAll(".talk .screen p, .choices .choice")].map((piece) => [
      piece.closest("[lang]").lang,
      piece.innerText,
    ]);
  const mark = (speaking) => {
    for (const [place, word] of [...($("[data-listen]")?.querySelectorAll("span") ?? [])].entries()) word.hidden = (place === 1) !== speaking;
  };
  function hush() {
    speech?.cancel();
    mark(false);
  }
  const listen = () => {
    if (speech.speaking) return hush();
    const said = pieces().filter(([language]) => voice(language));
    said.forEach(([language, words], place) => {
      const utterance = new SpeechSynthesisUtterance(words);
      utterance.voice = voice(language);
      utterance.lang = language;
      if (place === said.length - 1) utterance.onend = () => mark(false);
      speech.speak(utterance);
    });
    mark(true);
  };
  const heard = () => {
    const button = $("[data-listen]");
    if (button && speech) button.hidden = !pieces().some(([language]) => voice(language));
  };
  speech?.addEventListener?.("voiceschanged", heard);

  // While a receipt is open: whether the coordination has written. The receipt's words stay in this page's memory.
  let stream = null;
  let receipt = "";
  function live(wanted) {
    if (!wanted) {
      stream?.close();
      stream = null;
    } else if (!stream && globalThis.EventSource) {
      stream = new EventSource(`${root}live`);
      stream.addEventListener("answer", () => {
        if ($("#answer")) $("#answer").hidden = false;
        write(false);
      });
      stream.addEventListener("writing", () => write(true));
    }
  }
  let pen = 0;
  const write = (now) => {
    clearTimeout(pen);
    const line = $("#writing");
    if (!line) return;
    line.hidden = !now || !$("#answer").hidden;
    if (now) pen = setTimeout(() => (line.hidden = true), WRITTEN);
  };
  const answer = () => {
    const said = new URLSearchParams(new FormData($("#answers")));
    if (receipt) said.append("text", receipt);
    else said.append("choice", "again");
    ask($("#answers").action, said);
  };

  const ready = () => {
    for (const only of document.querySelectorAll("[data-print]")) only.hidden = false;
    if (!matchMedia("(scripting)").matches) // an older browser, whose style does not know that there are scripts
      for (const only of document.querySelectorAll(".scripted")) only.classList.remove("scripted");
    heard();
    live($("#answer"));
    if (!$("#answer")) receipt = "";
  };
  ready();
  if (location.pathname === root) history.replaceState(null, "", root);
})();
