/* The kitchen table: a story saves itself while somebody types. Without this script the page has a button that saves.
   data-kitchen="/address"   on the form: where each passage is saved
   data-passage="3"          on a textarea: the version its text stands on
   data-meaning              on the choices that are saved together
   data-take                 a button: take over the words that were selected in data-source */
"use strict";
(() => {
  const form = document.querySelector("[data-kitchen]");
  if (form) kitchen(form);

  const take = document.querySelector("[data-take]");
  if (take) {
    take.hidden = false;
    // Pressing a button would clear the selection.
    take.addEventListener("mousedown", (event) => event.preventDefault());
    take.addEventListener("click", () => {
      const words = String(document.getSelection()).trim();
      const text = document.querySelector("textarea[name=text]");
      if (!words) return window.dialoog.tell("Wijs eerst de woorden aan in het verhaal.");
      text.value = words.slice(0, 1500);
      text.focus();
    });
  }

  function kitchen(form) {
    const PAUSE = 1000, LONGEST = 4000, AGAIN = 10000, PATIENCE = 20000;
    const bar = document.getElementById("save");
    const parts = [...form.querySelectorAll("[data-passage]")].map((area) => ({
      area, version: area.dataset.passage, kept: area.value, first: 0, timer: 0, busy: false,
    }));
    const meaning = { dirty: false, busy: false };
    let leaving = false, lost = false, again = 0;
    const dirty = (part) => part.area.value !== part.kept;
    const anyDirty = () => meaning.dirty || parts.some(dirty);

    // ---- The bar tells three things, and never "Opgeslagen" when something is not

    function show(state, clock, why) {
      const isLost = state === "lost";
      bar.classList.toggle("save--not", isLost);
      bar.querySelector("[data-sign=lost]").toggleAttribute("hidden", !isLost);
      bar.querySelector("[data-sign=kept]").toggleAttribute("hidden", state !== "kept");
      bar.querySelector("[data-lost]").hidden = !isLost;
      bar.querySelector("[data-kept]").hidden = isLost;
      bar.querySelector("[data-save-state]").textContent = { kept: `Opgeslagen ${clock}`, busy: "Wordt opgeslagen", lost: "NIET opgeslagen" }[state];
      bar.querySelector("[data-save-note]").textContent = isLost ? why || "Wat u het laatst typte staat nog op het scherm, maar nergens anders. Houd deze pagina open." : "Alleen de raad ziet dit.";
      if (isLost !== lost) window.dialoog.say(isLost ? "Niet opgeslagen. Houd deze pagina open." : "Weer opgeslagen.");
      lost = isLost;
    }

    let clock = "";
    function settled(saved) {
      clock = saved || clock;
      if (!anyDirty()) show("kept", clock);
      else if (!lost) show("busy");
    }

    function failed(why) {
      show("lost", "", why);
      clearTimeout(again);
      again = setTimeout(saveAll, AGAIN);
    }

    // ---- Sending

    async function send(fields) {
      const body = new URLSearchParams({ csrfmiddlewaretoken: form.querySelector("[name=csrfmiddlewaretoken]").value, ...fields });
      let response;
      try {
        response = await window.dialoog.fetch(form.dataset.kitchen, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
      } catch {
        return failed();
      }
      if (response.ok && response.headers.get("Content-Type")?.startsWith("application/json")) {
        try { return await response.json(); } catch { return failed(); }
      }
      const page = new DOMParser().parseFromString(await response.text().catch(() => ""), "text/html");
      return failed(response.status === 422 ? page.querySelector("#inhoud [role=alert]")?.textContent.trim() : "");
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
      hits(part, told.hits);
      if (told.copy) window.dialoog.tell("Iemand anders schreef tegelijk met u. Lees de pagina opnieuw en kies welke tekst blijft.", "warning");
      settled(told.saved);
      if (dirty(part)) later(part);
    }

    function saveAll() {
      if (leaving) return;
      parts.forEach(save);
      if (meaning.dirty) saveMeaning();
      if (!anyDirty()) settled();
    }

    function later(part) {
      const now = Date.now();
      part.first = part.first || now;
      clearTimeout(part.timer);
      part.timer = setTimeout(() => save(part), Math.max(0, Math.min(PAUSE, part.first + LONGEST - now)));
    }

    // ---- What somebody else wrote meanwhile comes in beside the caret, never over what is being typed

    function region(from, to) {
      let start = 0, end = 0;
      const most = Math.min(from.length, to.length);
      while (start < most && from[start] === to[start]) start += 1;
      while (end < most - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
      return { start, end: from.length - end, words: to.slice(start, to.length - end) };
    }

    function adopt(part, sent, told) {
      const { area } = part;
      if (told.text !== sent) {
        const theirs = region(sent, told.text), mine = region(sent, area.value);
        const untouched = area.value === sent;
        if (!untouched && theirs.start <= mine.end && mine.start <= theirs.end) {
          // Both in one place: leave what is on the screen, and let the next save merge it from the same start.
          part.kept = null;
          return;
        }
        const shift = !untouched && mine.end <= theirs.start ? area.value.length - sent.length : 0;
        area.setRangeText(theirs.words, theirs.start + shift, theirs.end + shift, "preserve");
        window.dialoog.tell("Iemand anders schreef mee. De woorden van u beiden staan er nu.");
      }
      part.kept = told.text;
      part.version = String(told.version);
      form.querySelector(`[name=${area.name}_version]`).value = part.version;
    }

    function hits(part, html) {
      const old = document.getElementById(`hits-${part.area.name}`);
      if (!html || old.contains(document.activeElement)) return;
      const next = new DOMParser().parseFromString(html, "text/html").querySelector("section");
      if (next.innerHTML !== old.innerHTML) old.replaceWith(next);
    }

    async function saveMeaning() {
      if (meaning.busy) return;
      meaning.busy = true;
      meaning.dirty = false;
      const told = await send({
        field: "meaning", meaning: form.querySelector("[name=meaning]:checked")?.value || "",
        read_back: form.querySelector("[name=read_back]").checked ? "ja" : "",
      });
      meaning.busy = false;
      if (!told) meaning.dirty = true;
      else settled(told.saved);
    }

    parts.forEach((part) => part.area.addEventListener("input", () => {
      if (!lost) show("busy");
      later(part);
    }));
    form.addEventListener("change", (event) => {
      if (!event.target.matches("[data-meaning]")) return;
      meaning.dirty = true;
      if (!lost) show("busy");
      saveMeaning();
    });
    bar.querySelector("[data-retry]").addEventListener("click", saveAll);
    bar.querySelector("[data-copy]").addEventListener("click", async () => {
      const all = parts.filter((part) => part.area.value.trim()).map((part) => `${part.area.labels[0].textContent}\n${part.area.value}`).join("\n\n");
      try {
        await navigator.clipboard.writeText(all);
        window.dialoog.tell("De tekst is gekopieerd. Plak hem in een document dat alleen u leest.");
      } catch {
        parts[0].area.select();
        window.dialoog.tell("Kopiëren mag hier niet vanzelf. De tekst is aangewezen: druk op Ctrl en C.");
      }
    });
    form.querySelector(".form-actions").hidden = true;
    window.addEventListener("online", saveAll);
    document.addEventListener("visibilitychange", () => document.hidden && saveAll());
    document.addEventListener("submit", (event) => { if (!event.defaultPrevented) leaving = true; });
    window.addEventListener("pageshow", () => { leaving = false; });
    window.addEventListener("beforeunload", (event) => {
      if (leaving || !anyDirty()) return;
      saveAll();
      event.preventDefault();
    });
  }
})();
