/* What was typed and not yet sent lies on this device, as ciphertext: this script knows where, how old, and reminds.
   It holds no key and reads no word; only the page of the conversation itself gets the key, from the server.
   data-now="1763800000"        on the body: the time of the server, so that a wrong clock here does not matter
   data-drafts                  a place in a page that tells of every draft, however young
   data-drafts-here             a sentence that shows when there is a draft on this device (when logging out)
   data-forget-drafts="id"      that conversation was withdrawn: its drafts go */
"use strict";
(() => {
  const DAY = 24 * 60 * 60 * 1000;
  const seat = document.body.dataset.seat || "";

  // ---- The clock of the server, carried on by one that nobody can set

  let server = Number(document.body.dataset.now || 0) * 1000, measured = performance.now();
  const now = () => server + performance.now() - measured;
  const setClock = (time) => { server = time; measured = performance.now(); };

  // ---- The store

  let opened = null;
  function store() {
    opened ||= new Promise((resolve, reject) => {
      if (!window.indexedDB) return reject(new Error("no store"));
      const request = indexedDB.open("dialoog", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("drafts", { keyPath: "id" });
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error("blocked"));
    });
    opened.catch(() => { opened = null; });
    return opened;
  }

  /* Done means: written through to the disk, not only asked for. */
  async function act(mode, what) {
    const base = await store();
    return new Promise((resolve, reject) => {
      const deed = base.transaction("drafts", mode, { durability: "strict" });
      const request = what(deed.objectStore("drafts"));
      deed.oncomplete = () => resolve(request.result);
      deed.onabort = deed.onerror = () => reject(deed.error || new Error("not kept"));
    });
  }

  const put = (record) => act("readwrite", (drafts) => drafts.put(record));
  const remove = (id) => act("readwrite", (drafts) => drafts.delete(id));
  const list = () => act("readonly", (drafts) => drafts.getAll());

  /* A page that is still open looks after its own draft: it holds a lock of that name until it is gone. */
  const hold = (id) => navigator.locks?.request(`draft:${id}`, () => new Promise(() => {}));
  async function left(filter) {
    const held = new Set(((await navigator.locks?.query())?.held || []).map((lock) => lock.name));
    return (await list()).filter((one) => !held.has(`draft:${one.id}`) && filter(one)).sort((a, b) => a.since - b.since);
  }

  window.dialoog.drafts = { put, remove, left, hold, now, setClock };

  // ---- Reminding

  const WHEN = new Intl.DateTimeFormat("nl-NL", { weekday: "long", day: "numeric", month: "long", timeZone: "Europe/Amsterdam" });
  const WORDS = "Op dit apparaat staat nog tekst van een gesprek die niet verstuurd is";
  const since = (draft) => `${WORDS}, van ${WHEN.format(draft.since)}.`;

  function link(draft) {
    const open = document.createElement("a");
    open.href = draft.page;
    open.className = "utrecht-button utrecht-button--primary-action small-button";
    open.textContent = "Open het gesprek";
    return open;
  }

  function button(words, kind) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `utrecht-button utrecht-button--${kind} small-button`;
    made.textContent = words;
    return made;
  }

  /* What lay here too long goes: from that day on the server gives no key that opens it. */
  async function letGo() {
    const over = (await list()).filter((one) => now() >= one.gone);
    await Promise.all(over.map((one) => remove(one.id)));
    if (over.some((one) => one.seat === seat)) {
      window.dialoog.tell("Op dit apparaat stond nog tekst van een gesprek. Die is te lang niet verstuurd en nu gewist.", "warning");
    }
  }

  function remind(draft, place) {
    const notice = document.createElement("div");
    notice.className = "notice notice--warning";
    notice.innerHTML = '<div class="wrap"><p></p><p class="actions"></p></div>';
    notice.querySelector("p").textContent = `${since(draft)} Open het gesprek, dan gaat het vanzelf mee.`;
    notice.querySelector(".actions").append(link(draft));
    place.append(notice);
  }

  /* After three days there is no way around it: open it, or throw it away knowingly. */
  function insist(draft) {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-labelledby", "draft-title");
    dialog.innerHTML = '<h2 class="utrecht-heading-3" id="draft-title">Er staat al dagen tekst alleen op dit apparaat</h2><p></p><div class="actions"></div>';
    const [sentence, actions] = [dialog.querySelector("p"), dialog.querySelector(".actions")];
    sentence.textContent = `${since(draft)} Niemand anders heeft deze woorden. Open het gesprek, of gooi de tekst weg. Doet u niets, dan wordt de tekst op ${WHEN.format(draft.gone)} gewist.`;
    const away = button("Gooi de tekst weg", "secondary-action");
    actions.append(link(draft), away);
    away.addEventListener("click", () => {
      sentence.textContent = "Weet u het zeker? Wat hier getypt staat, is dan voorgoed weg.";
      const sure = button("Ja, gooi weg", "secondary-action");
      sure.addEventListener("click", async () => {
        await remove(draft.id);
        dialog.remove();
        window.dialoog.tell("De tekst op dit apparaat is weg.");
      });
      actions.replaceChildren(link(draft), sure);
      actions.querySelector("a").focus();
    });
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
  }

  async function look() {
    const here = document.querySelector("[data-drafts-here]");
    if (here) here.hidden = !(await list()).length;
    const gone = document.querySelector("[data-forget-drafts]")?.dataset.forgetDrafts;
    if (gone) await Promise.all((await list()).filter((one) => one.thing === gone).map((one) => remove(one.id)));
    await letGo();
    if (!seat) return;
    const mine = await left((one) => one.seat === seat && one.page !== location.pathname);
    const age = (one) => now() - one.since;
    const old = mine.find((one) => age(one) >= 3 * DAY);
    if (old) return insist(old);
    const place = document.querySelector("[data-drafts]");
    mine.filter((one) => place || age(one) >= DAY).forEach((one) => remind(one, place || document.getElementById("messages")));
  }

  // A browser that keeps nothing has nothing to remind of.
  look().catch(() => {});
})();
