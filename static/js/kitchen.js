/* The kitchen table: a story saves itself while somebody types. Without this script the page has a button that saves.
   data-kitchen="/address"   on the form: where each passage is saved
   data-thing="id"           on the form: the conversation
   data-keys="[…]"           on the form: the keys of drafts on this device, of today and days before; taken out at once
   data-day="739577"         on the form: the number of today, so that a draft says which of the keys it needs
   data-passage="3"          on a textarea: the version its text stands on
   data-meaning              on the choices that are saved together */
"use strict";
(() => {
  const form = document.querySelector("[data-kitchen]");
  if (!form) return;
  const PAUSE = 1000, LONGEST = 4000, AGAIN = 10000, PATIENCE = 20000, SLOW = 6000, WRITE = 250, WRITE_LATEST = 1000;
  const { drafts, tell, say, typing } = window.dialoog;
  const bar = document.getElementById("save");
  const parts = [...form.querySelectorAll("[data-passage]")].map((area) => ({
    area, version: area.dataset.passage, kept: area.defaultValue, first: 0, timer: 0, busy: false,
  }));
  const meaning = { dirty: false, busy: false };
  const dirty = (part) => part.area.value !== part.kept;
  const anyDirty = () => meaning.dirty || found.length > 0 || parts.some(dirty);
  const said = () => ({
    meaning: form.querySelector("[name=meaning]:checked")?.value || "",
    read_back: form.querySelector("[name=read_back]").checked ? "ja" : "",
  });

  // ---- The bar tells three things, and never "Opgeslagen" when something is not

  const NOTES = {
    kept: "Alleen de raad ziet dit.",
    busy: "Alleen de raad ziet dit.",
    device: "Er is geen verbinding. Typ gerust door. Wij proberen het elke 10 seconden opnieuw.",
    lost: "Uw tekst staat alleen nog op het scherm. Houd deze pagina open.",
  };
  const ALOUD = {
    kept: "Weer opgeslagen.",
    device: "Alleen op dit apparaat. Typ gerust door.",
    lost: "Niet opgeslagen. Houd deze pagina open.",
  };
  // `edits` counts what was typed; `device.upto` says how far of it lies on the device.
  let edits = 0, clock = "", trouble = null, shown = "kept", since = 0, slow = 0;
  const device = { key: null, keys: [], day: Number(form.dataset.day), id: "", upto: -1, works: false, why: "", timer: 0, first: 0, since: 0, number: 0 };

  function state() {
    if (!anyDirty()) return "kept";
    if (!trouble) return "busy";
    return device.works ? "device" : "lost";
  }

  function show() {
    const now = state();
    bar.classList.toggle("save--not", now === "lost");
    bar.classList.toggle("save--device", now === "device");
    const sign = now === "busy" ? "" : now;
    bar.querySelectorAll("[data-sign]").forEach((one) => one.toggleAttribute("hidden", one.dataset.sign !== sign));
    bar.querySelector("[data-lost]").hidden = now !== "lost";
    bar.querySelector("[data-kept]").hidden = now === "lost" || now === "device";
    const words = { kept: clock ? `Opgeslagen ${clock}` : "", busy: "Wordt opgeslagen", device: "Alleen op dit apparaat", lost: "NIET opgeslagen" }[now];
    const name = bar.querySelector("[data-save-state]"), note = bar.querySelector("[data-save-note]");
    if (words && name.textContent !== words) name.textContent = words;
    const why = (now === "lost" || now === "device") && trouble?.why;
    const told = why || (now === "lost" && device.why) || NOTES[now];
    if (note.textContent !== told) note.textContent = told;
    if (now === shown || now === "busy") return;
    if (shown !== "kept" || now !== "kept") say(ALOUD[now]);
    shown = now;
  }

  function settled(told) {
    clock = told?.saved || clock;
    if (told?.now) drafts.setClock(told.now);
    trouble = null;
    clearTimeout(slow);
    if (anyDirty()) {
      watch();
      keepSoon();
    } else {
      // At once: who leaves now would be told, on the next page, of words that the server has.
      since = 0;
      keep();
    }
    show();
  }

  /* A server that lets us wait is told of too: by then the words are on the device. */
  function watch() {
    clearTimeout(slow);
    slow = setTimeout(() => {
      if (anyDirty() && !trouble) { trouble = { why: "" }; show(); }
    }, SLOW);
  }

  let again = 0;
  function failed(why) {
    trouble = { why };
    show();
    clearTimeout(again);
    again = setTimeout(saveAll, AGAIN);
  }

  // ---- The draft on the device: ciphertext, with a key that only this page's memory holds

  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const opened = (secret) => crypto.subtle.importKey("raw", bytes(secret), "AES-GCM", false, ["encrypt", "decrypt"]);
  const label = (id) => ({ name: "AES-GCM", additionalData: new TextEncoder().encode(id) });

  async function unlock() {
    device.keys = JSON.parse(form.dataset.keys || "[]");
    form.removeAttribute("data-keys");
    if (!device.keys.length || !window.crypto?.subtle) {
      device.why = "Dit adres is niet beveiligd (geen https). Zonder verbinding blijft wat u typt alleen op het scherm.";
      return tell("Dit adres is niet beveiligd (geen https). Daarom bewaart Dialoog niets op dit apparaat: zonder verbinding staat wat u typt alleen op het scherm.", "warning");
    }
    device.id = `${form.dataset.thing}/${crypto.randomUUID()}`;
    device.key = await opened(device.keys[0]);
    drafts.hold(device.id);
    device.works = true;
    await recover().catch(noRoom);
    if (anyDirty()) keepSoon();
  }

  function noRoom(reason) {
    device.works = false;
    device.why = reason?.name === "QuotaExceededError"
      ? "Dit apparaat is vol. Houd deze pagina open."
      : "Dit apparaat bewaart hier niets. Houd deze pagina open.";
    show();
  }

  function keepSoon() {
    if (!device.key) return;
    const now = performance.now();
    device.first = device.first || now;
    clearTimeout(device.timer);
    device.timer = setTimeout(keep, Math.max(0, Math.min(WRITE, device.first + WRITE_LATEST - now)));
  }

  // One after another: an older draft never lands over a newer one.
  let turn = Promise.resolve();
  function keep() {
    clearTimeout(device.timer);
    if (device.key) turn = turn.then(keepNow).then(() => { device.works = true; show(); }, noRoom);
    return turn;
  }

  async function keepNow() {
    device.first = 0;
    const upto = edits, mine = parts.filter(dirty);
    if (!mine.length && !meaning.dirty) {
      if (device.upto >= 0) await drafts.remove(device.id);
      device.upto = -1;
      device.since = 0;
      return;
    }
    const words = JSON.stringify({
      parts: Object.fromEntries(mine.map((part) => [part.area.name, { text: part.area.value, version: part.version }])),
      meaning: meaning.dirty ? said() : null,
    });
    device.since = device.since || drafts.now();
    device.number += 1;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ ...label(device.id), iv }, device.key, new TextEncoder().encode(words));
    await drafts.put({
      id: device.id, seat: document.body.dataset.seat, thing: form.dataset.thing, page: location.pathname,
      number: device.number, since: device.since, at: drafts.now(), iv, sealed,
      day: device.day, gone: drafts.now() + (device.keys.length - 1) * 24 * 60 * 60 * 1000,
    });
    device.upto = upto;
  }

  // ---- What an earlier page left on this device goes the way of every save: merged on the version it was typed on

  const found = [];

  async function recover() {
    const mine = await drafts.left((one) => one.seat === document.body.dataset.seat && one.thing === form.dataset.thing && one.id !== device.id && one.day <= device.day);
    for (const record of mine) {
      try {
        const key = await opened(device.keys[device.day - record.day]);
        const words = await crypto.subtle.decrypt({ ...label(record.id), iv: record.iv }, key, record.sealed);
        found.push({ record, words: JSON.parse(new TextDecoder().decode(words)) });
      } catch {
        tell("Op dit apparaat staat ook tekst die niet meer te lezen is. Zij hoort bij een sleutel die er niet meer is.", "warning");
      }
    }
    if (found.length) await bring();
  }

  let bringing = false;
  async function bring() {
    if (bringing) return;
    bringing = true;
    try {
      while (found.length) {
        if (!await bringOne(found[0])) return;
        const { record, isNew } = found.shift();
        await drafts.remove(record.id);
        if (isNew) tell("Wat u hier eerder typte en nog niet verstuurd was, is teruggevonden. Het staat er nu bij.");
      }
      settled();
    } finally {
      bringing = false;
      show();
    }
  }

  /* `isNew` stays out of it when the server had all of it: then there is nothing to tell. */
  async function bringOne(draft) {
    const { words } = draft;
    for (const [field, held] of Object.entries(words.parts)) {
      const part = parts.find((one) => one.area.name === field);
      if (!part || held.text === part.area.value) continue;
      if (part.busy) return false;
      part.busy = true;
      const base = part.kept;
      const told = await send({ field, text: held.text, version: held.version });
      part.busy = false;
      if (!told) return false;
      adopt(part, base, told, true);
      draft.isNew ||= told.text !== base || told.copy;
      clock = told.saved;
      delete words.parts[field];
      if (dirty(part)) later(part);
    }
    const { meaning: kept, read_back: readBack } = said();
    if (words.meaning && !meaning.dirty && (words.meaning.meaning !== kept || words.meaning.read_back !== readBack)) {
      draft.isNew = true;
      form.querySelectorAll("[name=meaning]").forEach((one) => { one.checked = one.value === words.meaning.meaning; });
      form.querySelector("[name=read_back]").checked = Boolean(words.meaning.read_back);
      meaning.dirty = true;
      await saveMeaning();
    }
    return true;
  }

  // ---- Sending

  const token = () => form.querySelector("[name=csrfmiddlewaretoken]");
  let refusedLogin = false;

  /* Logged in again in another tab: this page's token is of before. Ask for a new one, if it is still the same person. */
  async function renew() {
    const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
    const fresh = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!fresh || page.body.dataset.seat !== document.body.dataset.seat) return false;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((one) => { one.value = fresh; });
    return true;
  }

  async function post(fields, mayRenew) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: token().value, ...fields });
    const request = { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) };
    if (body.toString().length < 60000) request.keepalive = true;
    // Who said "Nu niet" is not asked again every ten seconds.
    const response = await (refusedLogin ? fetch : window.dialoog.fetch)(form.dataset.kitchen, request);
    if (response.status === 401) refusedLogin = true;
    else if (response.ok) refusedLogin = false;
    return response.status === 403 && mayRenew && await renew() ? post(fields, false) : response;
  }

  async function send(fields) {
    watch();
    let response;
    try {
      response = await post(fields, true);
      if (typing.isAnswer(response)) return await response.json();
    } catch {
      return failed();
    }
    if (response.status === 401) return failed("U bent uitgelogd. Log opnieuw in met ‘Probeer opnieuw’, of in een ander tabblad.");
    if (response.status === 404) return failed("Dit gesprek is voor u niet meer te openen. Vraag de coördinator van de raad waarom.");
    return failed(await typing.refusal(response, "De server antwoordt even niet. Wij proberen het elke 10 seconden opnieuw."));
  }

  async function save(part) {
    if (part.busy || !dirty(part)) return;
    clearTimeout(part.timer);
    part.busy = true;
    part.first = 0;
    const sent = part.area.value;
    const told = await send({ field: part.area.name, text: sent, version: part.version });
    part.busy = false;
    if (!told) return;
    adopt(part, sent, told);
    form.dispatchEvent(new CustomEvent("kitchen:saved", { detail: { field: part.area.name, hits: told.hits } }));
    if (told.said) tell(told.said, "warning");
    if (told.copy) tell("Iemand anders schreef tegelijk met u. Lees de pagina opnieuw en kies welke tekst blijft.", "warning");
    settled(told);
    if (dirty(part)) later(part);
  }

  async function saveAll() {
    if (found.length) await bring().catch(noRoom);
    await Promise.all([...parts.map(save), meaning.dirty ? saveMeaning() : null]);
    if (!anyDirty()) settled();
  }

  const later = (part) => typing.later(part, save, PAUSE, LONGEST);

  async function saveMeaning() {
    if (meaning.busy) return;
    meaning.busy = true;
    meaning.dirty = false;
    const told = await send({ field: "meaning", ...said() });
    meaning.busy = false;
    if (told) return settled(told);
    meaning.dirty = true;
    keepSoon();
    show();
  }

  // ---- What somebody else wrote meanwhile comes in beside the caret, never over what is being typed

  function adopt(part, sent, told, own = false) {
    const { area } = part;
    if (typing.weave(area, sent, told.text)) {
      form.dispatchEvent(new CustomEvent("kitchen:changed", { detail: { field: area.name } }));
      if (!own) tell("Iemand anders schreef mee. De woorden van u beiden staan er nu.");
    }
    part.kept = told.text;
    part.version = String(told.version);
    form.querySelector(`[name=${area.name}_version]`).value = part.version;
  }

  // ---- What comes in

  /* Signs that no sender or keeper of text carries unharmed; Word and old programs leave them behind. */
  // eslint-disable-next-line no-control-regex
  const ODD = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;
  function tidy(area) {
    if (area.value.search(ODD) < 0 && (area.value.isWellFormed?.() ?? true)) return;
    const at = area.selectionEnd, clean = (words) => (words.toWellFormed?.() ?? words).replace(/[\x0b\x0c]/g, "\n").replace(ODD, "");
    const before = clean(area.value.slice(0, at)).length;
    area.value = clean(area.value);
    area.setSelectionRange(before, before);
  }

  function changed() {
    edits += 1;
    if (!since) { since = 1; watch(); }
    keepSoon();
    show();
  }

  parts.forEach((part) => {
    part.area.addEventListener("input", (event) => {
      if (!event.isComposing) tidy(part.area);
      changed();
      later(part);
    });
    part.area.addEventListener("paste", (event) => {
      const files = event.clipboardData?.files.length, text = event.clipboardData?.getData("text/plain");
      if (files && !text) tell("Een plaatje of bestand kan hier niet in. Typ op wat erin staat.", "warning");
    });
    // A file that is dropped would open in place of this page.
    part.area.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      tell("Een plaatje of bestand kan hier niet in. Typ op wat erin staat.", "warning");
    });
  });
  form.addEventListener("change", (event) => {
    if (!event.target.matches("[data-meaning]")) return;
    meaning.dirty = true;
    changed();
    saveMeaning();
  });

  typing.sendLast(form, {
    waits: anyDirty,
    stuck: () => Boolean(trouble),
    saveAll: () => { refusedLogin = false; return saveAll(); },
    lingers: () => device.upto >= 0,
    before: keep,
  });

  bar.querySelector("[data-retry]").addEventListener("click", () => { refusedLogin = false; saveAll(); });
  bar.querySelector("[data-copy]").addEventListener("click", () => typing.copyAll(parts.map((part) => part.area), "u"));
  form.querySelector(".form-actions").hidden = true;
  // Without this script nothing is saved by itself, so until here the bar did not say it was.
  const name = bar.querySelector("[data-save-state]");
  name.textContent = name.dataset.saved || name.textContent;
  bar.querySelector("[data-save-note]").textContent = NOTES.kept;
  window.addEventListener("online", saveAll);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden || !anyDirty()) return;
    keep();
    saveAll();
  });
  window.addEventListener("beforeunload", (event) => {
    keep();
    if (!anyDirty()) return;
    saveAll();
    // What lies on the device is found again; only what stands nowhere else keeps somebody from leaving.
    if (!device.works || device.upto < edits) event.preventDefault();
  });
  parts.filter(dirty).forEach(later);
  unlock().catch(noRoom);
})();
