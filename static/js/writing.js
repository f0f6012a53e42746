/* Texts that save themselves while somebody writes. Without this script the form has a button that saves.
   data-writing="/address"   on the form: where each text is saved
   data-unit="1"             on a textarea: which text this is; data-version the version it stands on
   The bar with id "save" tells two things, and never "Opgeslagen" while something is not. */
"use strict";
(() => {
  const form = document.querySelector("[data-writing]");
  if (!form) return;
  const PAUSE = 1500, LONGEST = 6000, AGAIN = 10000, PATIENCE = 20000;
  const bar = document.getElementById("save");
  const texts = [...form.querySelectorAll("[data-unit]")].map((area) => ({
    area, version: area.dataset.version, kept: area.value, first: 0, timer: 0, busy: false,
  }));
  const dirty = (text) => text.area.value !== text.kept;
  const anyDirty = () => texts.some(dirty);
  let leaving = false, lost = false, clock = "", again = 0;
  bar.hidden = false;

  function show(why = "") {
    bar.classList.toggle("save--not", lost);
    bar.querySelector("[data-sign=lost]").toggleAttribute("hidden", !lost);
    bar.querySelector("[data-sign=kept]").toggleAttribute("hidden", lost || anyDirty() || !clock);
    bar.querySelector("[data-lost]").hidden = !lost;
    const calm = anyDirty() ? "Wordt opgeslagen" : clock ? `Opgeslagen ${clock}` : "Slaat vanzelf op";
    bar.querySelector("[data-save-state]").textContent = lost ? "NIET opgeslagen" : calm;
    bar.querySelector("[data-save-note]").textContent = lost ? why || "Wat u het laatst typte staat nog op het scherm, maar nergens anders. Houd deze pagina open." : bar.dataset.note;
  }

  function turn(isLost, why) {
    if (isLost !== lost) window.dialoog.say(isLost ? "Niet opgeslagen. Houd deze pagina open." : "Weer opgeslagen.");
    lost = isLost;
    show(why);
  }

  function failed(why) {
    turn(true, why);
    clearTimeout(again);
    again = setTimeout(saveAll, AGAIN);
  }

  async function post(text, sent) {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = new URLSearchParams({ csrfmiddlewaretoken: token, unit: text.area.dataset.unit, text: sent, version: text.version });
    let response;
    try {
      response = await window.dialoog.fetch(form.dataset.writing, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
      if (response.ok && response.headers.get("Content-Type")?.startsWith("application/json")) return await response.json();
    } catch {
      return failed();
    }
    const page = new DOMParser().parseFromString(await response.text().catch(() => ""), "text/html");
    return failed(response.status === 422 ? page.querySelector("#inhoud [role=alert]")?.textContent.trim() : "");
  }

  async function save(text) {
    if (text.busy || !dirty(text)) return;
    clearTimeout(text.timer);
    text.busy = true;
    text.first = 0;
    const sent = text.area.value;
    const told = await post(text, sent);
    text.busy = false;
    if (!told) return;
    adopt(text, sent, told);
    clock = told.saved;
    if (told.copy) window.dialoog.tell("Iemand anders schreef tegelijk met u. Beide teksten zijn bewaard. Lees de pagina opnieuw en kies welke blijft.", "warning");
    if (!anyDirty() || !lost) turn(false);
    if (dirty(text)) later(text);
  }

  function saveAll() {
    if (!leaving) texts.forEach(save);
  }

  function later(text) {
    const now = Date.now();
    text.first = text.first || now;
    clearTimeout(text.timer);
    text.timer = setTimeout(() => save(text), Math.max(0, Math.min(PAUSE, text.first + LONGEST - now)));
  }

  /* What a colleague wrote meanwhile comes in where nothing was typed since; otherwise the next save merges it. */
  function adopt(text, sent, told) {
    if (told.text !== sent && text.area.value !== sent) {
      text.kept = null;
      return;
    }
    if (told.text !== sent) {
      let start = 0, end = 0;
      const most = Math.min(sent.length, told.text.length);
      while (start < most && sent[start] === told.text[start]) start += 1;
      while (end < most - start && sent[sent.length - 1 - end] === told.text[told.text.length - 1 - end]) end += 1;
      text.area.setRangeText(told.text.slice(start, told.text.length - end), start, sent.length - end, "preserve");
      window.dialoog.tell("Iemand anders schreef mee. De woorden van u beiden staan er nu.");
    }
    text.kept = told.text;
    text.version = String(told.version);
    hold(text);
  }

  /* The button that saves everything sends the same version along. */
  function hold(text) {
    const name = text.area.name.replace(/text$/, "version");
    let field = form.elements[name];
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name });
      text.area.after(field);
    }
    field.value = text.version;
  }

  texts.forEach((text) => text.area.addEventListener("input", () => {
    show();
    later(text);
  }));
  bar.querySelector("[data-retry]").addEventListener("click", saveAll);
  bar.querySelector("[data-copy]").addEventListener("click", async () => {
    const all = texts.filter((text) => text.area.value.trim()).map((text) => `${text.area.labels[0].textContent.trim()}\n${text.area.value}`).join("\n\n");
    try {
      await navigator.clipboard.writeText(all);
      window.dialoog.tell("De tekst is gekopieerd. Plak hem in een document dat alleen uw kant leest.");
    } catch {
      texts[0].area.select();
      window.dialoog.tell("Kopiëren mag hier niet vanzelf. De tekst is aangewezen: druk op Ctrl en C.");
    }
  });
  window.addEventListener("online", saveAll);
  document.addEventListener("visibilitychange", () => document.hidden && saveAll());
  form.addEventListener("submit", (event) => { if (!event.defaultPrevented) leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (leaving || !anyDirty()) return;
    saveAll();
    event.preventDefault();
  });
  show();
})();
