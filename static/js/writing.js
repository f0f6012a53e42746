/* Texts that save themselves while somebody writes, and the words of others that appear as they are typed. Without this
   script the form has a button that saves.
   data-writing="/address"     on the form: where its texts are saved (data-save on a field: where that one is)
   data-unit="explanation"     on a field: which text this is
   data-field="text"           on a field: its name in the thing, when that is not the same
   data-thing="theme-…"        on a field, or on a place where words are read: the thing it belongs to
   data-version="3"            on a field: the version its text stands on
   data-unsaved                on a field that came back with what is wrong: its words are nowhere else
   data-words="explanation"    on a place where words are read: which text of its thing; data-empty: what to show for none
   The bar with id "save" tells two things, and never "Opgeslagen" while something is not. */
"use strict";
(() => {
  const { tell, say, typing } = window.dialoog;
  const PAUSE = 250, LONGEST = 600, AGAIN = 10000, PATIENCE = 20000, HERE = 8000, FADE = 12000;
  const seat = document.body.dataset.seat;

  // ---- The things on this page, each with the fields in which it is written

  const things = new Map();
  document.querySelectorAll("[data-unit]").forEach((area) => {
    const { thing: topic, unit, field, version, save } = area.dataset;
    if (!topic) return;
    const form = area.form;
    if (!things.has(topic)) things.set(topic, { topic, form, url: save || form.dataset.writing, version: Number(version), parts: [], busy: false, pushed: null, first: 0, timer: 0 });
    const thing = things.get(topic);
    thing.parts.push({ area, thing, unit, field: field || unit, kept: "unsaved" in area.dataset ? null : area.value, composing: false });
  });
  const all = [...things.values()];
  const parts = all.flatMap((thing) => thing.parts);
  const forms = [...new Set(all.map((thing) => thing.form))];
  const dirty = (part) => part.area.value !== part.kept;
  // A text that has to be there is not saved while it is empty: somebody is about to write another one.
  const sendable = (part) => dirty(part) && !(part.area.required && !part.area.value.trim()) && !part.composing;
  const anyDirty = () => parts.some(dirty);

  // ---- The bar

  const bar = document.getElementById("save");
  let leaving = false, lost = false, clock = "", again = 0;

  function show(why = "") {
    if (!bar) return;
    bar.classList.toggle("save--not", lost);
    bar.querySelector("[data-sign=lost]").toggleAttribute("hidden", !lost);
    bar.querySelector("[data-sign=kept]").toggleAttribute("hidden", lost || anyDirty() || !clock);
    bar.querySelector("[data-lost]").hidden = !lost;
    const empty = parts.find((part) => dirty(part) && !part.area.value.trim() && part.area.required);
    const calm = empty ? "Nog niet opgeslagen" : anyDirty() ? "Wordt opgeslagen" : clock ? `Opgeslagen ${clock}` : "Slaat vanzelf op";
    bar.querySelector("[data-save-state]").textContent = lost ? "NIET opgeslagen" : calm;
    const note = empty ? `‘${empty.area.labels[0].textContent.trim()}’ mag niet leeg blijven.` : bar.dataset.note;
    bar.querySelector("[data-save-note]").textContent = lost ? why || "Uw tekst staat alleen nog op het scherm. Houd deze pagina open." : note;
  }

  function turn(isLost, why) {
    if (isLost !== lost) say(isLost ? "Niet opgeslagen. Houd deze pagina open." : "Weer opgeslagen.");
    lost = isLost;
    show(why);
  }

  function failed(why) {
    turn(true, why);
    clearTimeout(again);
    again = setTimeout(saveAll, AGAIN);
  }

  // ---- Sending: one text of a thing after another

  async function post(part, fields) {
    const token = part.thing.form.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = new URLSearchParams({ csrfmiddlewaretoken: token, unit: part.unit, ...fields });
    const request = { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) };
    return window.dialoog.fetch(part.area.dataset.save || part.thing.url, request);
  }

  async function save(thing) {
    const part = thing.parts.find(sendable);
    if (thing.busy || !part) return;
    clearTimeout(thing.timer);
    thing.busy = true;
    thing.first = 0;
    const sent = part.area.value;
    let told = null, why = "";
    try {
      const response = await post(part, { text: sent, version: thing.version });
      if (typing.isAnswer(response)) told = await response.json();
      else why = await typing.refusal(response);
    } catch { /* No connection: told below. */ }
    thing.busy = false;
    if (!told) return failed(why);
    part.wrote = Date.now();
    adopt(thing, told, part, sent);
    clock = told.saved;
    if (told.said) tell(told.said, "warning");
    if (told.copy) tell(`${told.other || "Iemand anders"} veranderde tegelijk dezelfde woorden. Beide teksten zijn bewaard. Kies samen welke blijft.`, "warning");
    if (!anyDirty() || !lost) turn(false);
    if (thing.parts.some(sendable)) later(thing);
    else if (thing.pushed) hear(thing.pushed);
  }

  const later = (thing) => typing.later(thing, save, PAUSE, LONGEST);
  const saveAll = () => (leaving ? null : Promise.all(all.map(save)));

  /* What stands on the server comes in beside what was typed since. */
  function adopt(thing, told, part, sent) {
    thing.version = told.version;
    if (told.texts) {
      thing.parts.forEach((one) => {
        const text = told.texts[one.field] ?? "";
        if (one.kept === null && one !== part) return;
        typing.weave(one.area, one === part ? sent : one.kept, text, one === part && told.after);
        one.kept = text;
      });
    }
    hold(thing);
  }

  /* The button that saves everything sends the same version along. */
  function hold(thing) {
    thing.parts.forEach(({ area }) => {
      const name = area.name.replace(/[^-]+$/, "version");
      let field = thing.form.elements[name];
      if (!field) {
        field = Object.assign(document.createElement("input"), { type: "hidden", name });
        area.after(field);
      }
      field.value = thing.version;
    });
  }

  // ---- What others type comes down the stream, read by the server for this very seat

  function hear(words) {
    const thing = things.get(words.thing);
    // With words of my own on their way, the server lays the two together; its answer brings what stands there then.
    if (thing?.parts.some((part) => sendable(part) || part.composing) || thing?.busy) {
      if (!thing.pushed || thing.pushed.version < words.version) thing.pushed = words;
      return;
    }
    if (thing) thing.pushed = null;
    if (thing && words.version > thing.version) {
      adopt(thing, words);
      show();
    }
    read(words);
    if (words.by?.id && words.by.id !== seat) words.by.fields.forEach((field) => present(words.thing, field, words.by));
  }

  const shown = new Map();
  function read(words) {
    if ((shown.get(words.thing) ?? -1) > words.version) return;
    shown.set(words.thing, words.version);
    // What is chosen between two texts is chosen over what the box shows now.
    document.querySelectorAll(`[data-clash="${words.thing}"] [name=version]`).forEach((field) => { field.value = words.version; });
    document.querySelectorAll(`[data-words][data-thing="${words.thing}"]`).forEach((place) => {
      const text = words.texts[place.dataset.words];
      if (text === undefined || (!text && !("empty" in place.dataset))) return;
      const lines = (text || place.dataset.empty).split("\n");
      const writers = place.querySelector(":scope > [data-writers]");
      place.replaceChildren(...lines.flatMap((line, n) => (n ? [document.createElement("br"), line] : [line])), ...(writers ? [writers] : []));
      place.classList.toggle("is-empty", !text);
    });
  }

  // ---- Who is writing where: name, and the colour and the shape of their side. It never locks.

  const SHAPES = {
    council: ["circle", { class: "c", cx: 8, cy: 8, r: 7 }],
    municipality: ["path", { class: "m", d: "M1.8 1.8h12.4v12.4H1.8z" }],
    neutral: ["path", { class: "n", d: "M8 1.2 14.8 8 8 14.8 1.2 8Z" }],
  };
  const SVG = "http://www.w3.org/2000/svg";
  const drawn = (name, given) => {
    const one = document.createElementNS(SVG, name);
    Object.entries(given).forEach(([key, value]) => one.setAttribute(key, value));
    return one;
  };

  function slots(topic, field) {
    const areas = parts.filter((part) => part.thing.topic === topic && part.field === field).map((part) => part.area);
    const places = [...document.querySelectorAll(`[data-words="${field}"][data-thing="${topic}"]`)].filter((place) => !place.closest(".clash"));
    return [...areas.map(under), ...places.map(within)];
  }

  function slot(field) {
    const made = document.createElement("span");
    made.className = "writers";
    made.dataset.writers = field;
    return made;
  }
  // Remembered: what a save puts right after a field would otherwise give it a second line.
  const lines = new WeakMap();
  function under(area) {
    if (!lines.get(area)?.isConnected) lines.set(area, area.insertAdjacentElement("afterend", slot(area.dataset.unit)));
    return lines.get(area);
  }
  const within = (place) => place.querySelector(":scope > [data-writers]") || place.appendChild(slot(place.dataset.words));
  // A field has its line from the start, so that nothing moves when a name appears.
  parts.forEach((part) => under(part.area));

  /* A text that did not fit waits at the top of the page. Who writes sees it at the words that it is about. */
  function pointAtClashes() {
    parts.forEach((part) => {
      const clash = document.querySelector(`[data-clash="${part.thing.topic}"][data-clash-field="${part.field}"]`);
      const line = under(part.area);
      const known = line.nextElementSibling?.matches(".clash-note") ? line.nextElementSibling : null;
      if (!clash) { known?.remove(); return; }
      const note = known || line.insertAdjacentElement("afterend", Object.assign(document.createElement("a"), { className: "clash-note", textContent: "Twee mensen schreven hier tegelijk. Beide teksten zijn bewaard: kies samen welke blijft." }));
      note.href = `#${clash.id}`;
    });
  }
  pointAtClashes();
  document.addEventListener("htmx:after:swap", pointAtClashes);

  const fading = new Map();
  function present(topic, field, by, gone = false) {
    if (by.id === seat || !SHAPES[by.party]) return;
    const key = `${topic} ${field} ${by.id}`;
    clearTimeout(fading.get(key));
    const inPlace = slots(topic, field);
    if (gone) {
      fading.delete(key);
      inPlace.forEach((line) => line.querySelector(`[data-writer="${by.id}"]`)?.remove());
      return;
    }
    if (!fading.has(key) && parts.some((part) => part.thing.topic === topic && part.field === field && part.area === document.activeElement)) say(`${by.name} schrijft hier ook.`);
    fading.set(key, setTimeout(() => present(topic, field, by, true), FADE));
    inPlace.forEach((line) => {
      if (line.querySelector(`[data-writer="${by.id}"]`)) return;
      const who = document.createElement("span");
      who.className = `who writer ${by.party}`;
      who.dataset.writer = by.id;
      const mark = drawn("svg", { class: "mark", viewBox: "0 0 16 16", "aria-hidden": "true" });
      mark.append(drawn(...SHAPES[by.party]));
      who.append(mark, `${by.name} schrijft`);
      line.append(who);
    });
  }

  /* That I am here, when I have not saved anything for a while; a save tells it by itself. */
  function here(part, gone = false) {
    if (!gone && Date.now() - (part.wrote || 0) < HERE) return;
    part.wrote = gone ? 0 : Date.now();
    post(part, gone ? { gone: 1 } : { here: 1 }).catch(() => {});
  }

  document.addEventListener("dialoog:words", (event) => hear(event.detail));
  document.addEventListener("dialoog:writing", ({ detail }) => present(detail.thing, detail.field, detail.by, detail.gone));
  window.dialoog.toWords();

  // ---- What a person does

  parts.forEach((part) => {
    const { area, thing } = part;
    area.addEventListener("input", () => { show(); later(thing); });
    area.addEventListener("focus", () => setTimeout(() => document.activeElement === area && here(part), 300));
    area.addEventListener("keydown", (event) => { here(part); if (event.key.length > 1 && event.key !== "Shift") typing.moveAway(area); });
    for (const moves of ["pointerdown", "focus"]) area.addEventListener(moves, () => typing.moveAway(area));
    area.addEventListener("beforeinput", (event) => typing.keepApart(area, event.data));
    area.addEventListener("blur", () => { save(thing); if (part.wrote) here(part, true); });
    area.addEventListener("compositionstart", () => { part.composing = true; });
    area.addEventListener("compositionend", () => { part.composing = false; if (thing.pushed) hear(thing.pushed); later(thing); });
  });
  if (!parts.length) return;
  bar.hidden = false;
  /* What stands beside the texts in the same form is kept by the button only. */
  const state = (field) => (field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value);
  const beside = forms.flatMap((form) => [...form.elements].filter((field) => !field.dataset.unit && !field.matches("button, [type=hidden]")));
  const first = new Map(beside.map((field) => [field, state(field)]));
  const changed = () => beside.some((field) => state(field) !== first.get(field));

  forms.forEach((form) => {
    const onlyTexts = !beside.some((field) => field.form === form);
    form.querySelectorAll("[data-saved-word]").forEach((one) => {
      if (onlyTexts || one.localName === "a") one.textContent = one.dataset.savedWord;
    });
    typing.sendLast(form, { waits: () => parts.some((part) => part.thing.form === form && sendable(part)), stuck: () => lost, saveAll });
    form.addEventListener("submit", (event) => { if (!event.defaultPrevented) leaving = true; });
  });
  bar.querySelector("[data-retry]").addEventListener("click", saveAll);
  bar.querySelector("[data-copy]").addEventListener("click", () => typing.copyAll(parts.map((part) => part.area), bar.dataset.readers));
  window.addEventListener("online", saveAll);
  document.addEventListener("visibilitychange", () => document.hidden && saveAll());
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (leaving || !(anyDirty() || changed())) return;
    saveAll();
    event.preventDefault();
  });
  all.filter((thing) => thing.parts.some(sendable)).forEach(later);
  show();
})();
