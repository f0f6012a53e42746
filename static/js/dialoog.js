/* The one script of every page. Each behaviour is named by a data- attribute; without the script everything still works.
   data-hears="value envelope"   gets the event "bell" when a bell with one of those topics rings
   data-live="/path"             on such a bell, re-reads that page and swaps itself by its id
   data-patience="300"           gathers bells for that many milliseconds before it reads (left out: 25)
   data-announce="…"             what to say aloud when a live region comes back changed
   data-confirm="…"              on a form or its button: ask first (data-confirm-yes: the word on the button)
   data-busy="…"                 on a form whose answer takes a while: what to say beside its button meanwhile
   data-discard                  a link that says itself that what was typed is thrown away
   data-print                    a button that prints; hidden without this script
   data-home                     where the focus goes in a region from which what had it is gone (left out: the first title)
   data-notice                   a message that can be closed
   Other scripts may use window.dialoog: tell(sentence, level), say(sentence), fetch (which survives an expired session),
   readAgain(region), goOn(path) (to where somebody else brought everyone), sayNews (what the act before this page did). */
"use strict";
(() => {
  const body = document.body;
  // Asked anew each time: htmx may have swapped the whole body.
  const messages = () => document.getElementById("messages");

  // ---- Words: a notice that is seen, and a sentence that is only heard

  function closable(notice) {
    if (notice.querySelector("[data-close]")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.close = "";
    button.className = "utrecht-button utrecht-button--subtle small-button";
    button.textContent = "Sluit";
    notice.querySelector(".wrap").append(button);
  }

  function tell(sentence, level = "info") {
    if (!messages()) return;
    const same = [...messages().querySelectorAll("p")].some((p) => p.textContent === sentence);
    if (same) return;
    const notice = document.createElement("div");
    notice.className = `notice notice--${level}`;
    notice.dataset.notice = "";
    notice.innerHTML = '<div class="wrap"><p></p></div>';
    notice.querySelector("p").textContent = sentence;
    closable(notice);
    messages().append(notice);
  }

  let said;
  function say(sentence) {
    if (!said?.isConnected) {
      said = document.createElement("p");
      said.className = "unseen";
      said.setAttribute("role", "status");
      body.append(said);
    }
    said.textContent = "";
    // A screen reader only speaks when the text changes, also when the same sentence comes twice.
    setTimeout(() => { said.textContent = sentence; }, 50);
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) event.target.closest("[data-notice]").remove();
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest(".masthead .menu") && location.hash === "#menu") {
      event.preventDefault();
      location.hash = "inhoud";
    }
  });

  function dress(root) {
    root.querySelectorAll("[data-notice]").forEach((notice) => {
      closable(notice);
      notice.dataset.since ||= Date.now();
    });
    root.querySelectorAll("[data-print][hidden]").forEach((button) => { button.hidden = false; });
  }

  // ---- An expired session costs nothing: log in here, then the same request once more

  const loginPath = body.dataset.login || "/inloggen/";
  const isLogin = (url) => new URL(url, location.href).pathname.startsWith(loginPath);
  let loggingIn = null;

  function renewTokens(token, root = document) {
    root.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
  }

  async function showLogin() {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-labelledby", "login-title");
    dialog.innerHTML = '<h2 class="utrecht-heading-2" id="login-title">Log even opnieuw in</h2><p>U was te lang weg. Wat u typte staat er nog, en gaat daarna alsnog mee.</p><div data-steps></div><div class="actions"><button type="button" class="utrecht-button utrecht-button--subtle" value="stop">Nu niet</button></div>';
    body.append(dialog);
    const steps = dialog.querySelector("[data-steps]");
    const here = location.pathname + location.search;

    return new Promise((resolve) => {
      const finish = (token) => { dialog.remove(); resolve(token); };
      async function read(response) {
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        if (response.ok && !isLogin(response.url)) {
          if (page.body.dataset.seat !== body.dataset.seat) {
            tell("U bent nu ingelogd als iemand anders. Kopieer wat u typte en lees deze pagina opnieuw.", "warning");
            return finish(null);
          }
          const token = page.querySelector("input[name=csrfmiddlewaretoken]")?.value;
          if (token) renewTokens(token);
          return finish(token || null);
        }
        // A passkey needs the page of the login itself.
        steps.replaceChildren(...page.querySelectorAll("#inhoud form:not([data-passkey]), #inhoud .errors"));
        steps.querySelector("input:not([type=hidden]), button")?.focus();
      }
      dialog.addEventListener("cancel", () => finish(null));
      dialog.querySelector("[value=stop]").addEventListener("click", () => finish(null));
      dialog.addEventListener("submit", async (event) => {
        event.preventDefault();
        event.stopPropagation();
        const form = event.target;
        const sent = new FormData(form, event.submitter);
        if (!sent.has("next")) sent.set("next", here);
        const url = new URL(form.getAttribute("action") || loginPath, location.href);
        await read(await fetch(url, { method: "POST", body: new URLSearchParams(sent) }));
      });
      dialog.showModal();
      fetch(`${loginPath}?next=${encodeURIComponent(here)}`).then(read);
    });
  }

  function login() {
    loggingIn ||= showLogin().finally(() => { loggingIn = null; });
    return loggingIn;
  }

  async function patientFetch(url, request = {}) {
    const response = await fetch(url, request);
    if (response.status !== 401) return response;
    const token = await login();
    if (!token) return response;
    const again = { ...request, signal: undefined };
    if (again.body?.has?.("csrfmiddlewaretoken")) again.body.set("csrfmiddlewaretoken", token);
    if (again.headers?.["X-CSRFToken"]) again.headers = { ...again.headers, "X-CSRFToken": token };
    return fetch(url, again);
  }

  document.addEventListener("htmx:config:request", (event) => { event.detail.ctx.fetch = patientFetch; });
  document.addEventListener("htmx:response:error", (event) => {
    const status = event.detail.ctx.response.status;
    if (status >= 500 || status === 403 || status === 404) {
      tell(status >= 500 ? "Dat lukte niet. Wat u typte staat er nog. Probeer het over een minuut opnieuw." : "Dat kan hier niet meer. Lees de pagina opnieuw.", "error");
    }
  });
  document.addEventListener("htmx:error", () => {
    tell("Er is geen verbinding. Wat u typte staat er nog. Probeer het zo opnieuw.", "error");
  });

  // ---- Forms: ask first, and send once

  function choose(sentence, answers) {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-labelledby", "ask-title");
    dialog.innerHTML = '<form method="dialog"><h2 class="utrecht-heading-3" id="ask-title"></h2><div class="actions"></div></form>';
    dialog.querySelector("h2").textContent = sentence;
    answers.forEach(([value, words], place) => {
      const button = document.createElement("button");
      button.className = `utrecht-button utrecht-button--${place ? "secondary" : "primary"}-action`;
      button.value = value;
      button.textContent = words;
      dialog.querySelector(".actions").append(button);
    });
    body.append(dialog);
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => { dialog.remove(); resolve(dialog.returnValue); });
    });
  }

  async function ask(sentence, yes) {
    const answer = choose(sentence, [["yes", yes || "Ja, ga door"], ["no", "Nee, toch niet"]]);
    document.querySelector("dialog [value=no]").focus();
    return await answer === "yes";
  }

  // ---- Nothing that was typed is lost silently: leaving asks, and so does sending another form of the page

  const TYPED = "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=submit], [type=button], [type=search])";
  // These look after what is typed in them themselves.
  const OWN_CARE = "[role=search], [data-kitchen], [data-draft], .dropper";

  /* A form that came back with what is wrong holds text that is nowhere else, even if nobody touched it since. */
  function isUnsent(form) {
    if (form.method !== "post" || form.matches(OWN_CARE) || form.closest("dialog")) return false;
    const cameBack = form.querySelector("[aria-invalid=true], .errors, .nudge[tabindex], .utrecht-form-field--invalid");
    // A text that saves itself (writing.js) looks after itself; what stands beside it in the same form does not.
    const fields = [...form.querySelectorAll(TYPED)].filter((field) => !(form.dataset.writing && field.dataset.unit));
    return fields.some((field) => !field.disabled && (field.value !== field.defaultValue || (cameBack && field.type !== "password" && field.value.trim())));
  }

  const unsent = () => [...document.querySelectorAll("#inhoud form")].filter(isUnsent);
  let onItsWay = null;
  let leaving = false;

  window.addEventListener("beforeunload", (event) => {
    if (leaving || onItsWay || !unsent().length) return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => { leaving = Boolean(event.target.closest("a[data-discard]")); });

  function nameOf(form) {
    const home = form.closest("section, details");
    const words = home?.querySelector("summary, h2, h3") || form.querySelector("label, legend") || document.querySelector("h1");
    return words.textContent.trim();
  }

  /* Whether this form may be sent: what was typed in another one is kept first, or thrown away knowingly. */
  async function othersAreKept(form) {
    for (const other of unsent().filter((one) => one !== form)) {
      const name = nameOf(other);
      const choice = await choose(`U typte nog iets bij ‘${name}’. Eerst bewaren?`, [["keep", "Ja, bewaar dat eerst"], ["drop", "Nee, dat mag weg"], ["no", "Ga terug"]]);
      if (choice === "keep" && !await keep(other)) {
        tell(`‘${name}’ is nog niet bewaard: er mist iets. Maak dat eerst af.`, "warning");
        other.querySelector(TYPED).focus();
        return false;
      }
      if (choice !== "keep" && choice !== "drop") return false;
    }
    return true;
  }

  /* Every act that did what was asked answers with the way to a page; the sentence about it waits for that page. */
  async function keep(form) {
    freshAt = 0;
    if (!await stillHere()) return false;
    const sent = new FormData(form, form.querySelector("button:not([type=button])"));
    const answer = await fetch(form.action, { method: "POST", body: sent, redirect: "manual" }).catch(() => null);
    if (answer?.type !== "opaqueredirect") return false;
    form.querySelectorAll(TYPED).forEach((field) => { field.defaultValue = field.value; });
    return true;
  }

  // ---- A form that is sent with an expired session keeps its text: look first whether the session is still there

  let freshAt = Date.now();
  const STALE = 30 * 1000;
  const agreed = new WeakSet();
  // Whoever was in another window or tab may have logged out there.
  const doubt = () => { freshAt = 0; };
  window.addEventListener("blur", doubt);
  document.addEventListener("visibilitychange", doubt);

  async function stillHere() {
    if (!body.dataset.seat || Date.now() - freshAt < STALE) return true;
    try {
      const answer = await patientFetch("/", { headers: { "HX-Request": "true" }, redirect: "manual" });
      if (answer.status === 401) return false;
      freshAt = Date.now();
    } catch {
      tell("Er is geen verbinding. Wat u typte staat er nog. Probeer het zo opnieuw.", "error");
      return false;
    }
    return true;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.closest("dialog")) return;
    const sentence = event.submitter?.dataset.confirm || form.dataset.confirm;
    const plain = !form.matches("[hx-post], [data-hx-post]");
    const stale = plain && body.dataset.seat && Date.now() - freshAt >= STALE;
    const other = plain && unsent().some((one) => one !== form);
    if (!agreed.has(form) && (sentence || stale || other)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const yes = event.submitter?.dataset.confirmYes || form.dataset.confirmYes;
      const submitter = event.submitter;
      // Behind the question the region may read itself again: the yes is still to what stood there before.
      const read = form.elements.seen?.value;
      (async () => {
        if (other && !await othersAreKept(form)) return;
        if (sentence && !await ask(sentence, yes)) return submitter?.focus();
        if (!await stillHere()) return;
        if (read) form.elements.seen.value = read;
        agreed.add(form);
        form.requestSubmit(submitter);
      })();
      return;
    }
    agreed.delete(form);
    if (!plain) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    onItsWay = form;
    // A script of the page that sends it in its own way may do so as often as it likes.
    setTimeout(() => event.defaultPrevented && letGo(form));
    if (form.dataset.busy) showBusy(form, event.submitter);
    else setTimeout(() => letGo(form), 8000);
  }, true);

  function letGo(form) {
    delete form.dataset.sent;
    form.querySelector("[data-at-work]")?.remove();
    form.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
    if (onItsWay === form) onItsWay = null;
  }

  /* The button stays in its place and keeps the focus; beside it something moves, and a sentence is said. */
  function showBusy(form, button) {
    button?.setAttribute("aria-disabled", "true");
    const sign = document.createElement("p");
    sign.className = "busy busy--on";
    sign.dataset.atWork = "";
    sign.append(Object.assign(document.createElement("span"), { textContent: form.dataset.busy }));
    (button?.closest(".actions") || form).after(sign);
    if (!form.contains(sign)) form.append(sign);
    say(form.dataset.busy);
  }

  // ---- Focus and place are kept when a part is swapped

  let held = null;

  function hold() {
    const active = document.activeElement;
    if (!active || active === body) { held = null; return; }
    const region = active.closest("[id]:not(:focus)") || body;
    held = { active, id: active.id, region: region.id, tag: active.localName, text: active.textContent, name: active.name, value: active.value, href: active.getAttribute("href") };
  }

  function giveBack() {
    if (!held || (held.active.isConnected && document.activeElement === held.active)) return;
    if (document.activeElement && document.activeElement !== body) return;
    const region = document.getElementById(held.region) || document.getElementById("inhoud") || body;
    const twin = (held.id && document.getElementById(held.id))
      || [...region.querySelectorAll(held.tag)].find((one) => one.textContent === held.text && one.name === held.name && one.value === held.value && one.getAttribute("href") === held.href)
      || (held.name && [...region.querySelectorAll(held.tag)].find((one) => one.name === held.name));
    standAt(twin || region.querySelector("[data-home], h1, h2, h3") || region);
  }

  function standAt(home) {
    // A title that got the focus before is no longer one that can, once the server's part came in its place.
    if (!home.matches("a[href], button, input, select, textarea, summary, [tabindex]")) home.setAttribute("tabindex", "-1");
    home.focus({ preventScroll: true });
  }

  /* Who did something by keys and comes back on a whole page, at a part of it, goes on from that part. Whom somebody
     else brought to another page goes on from its title. */
  let byKeys = false;
  document.addEventListener("keydown", () => { byKeys = true; }, true);
  document.addEventListener("pointerdown", () => { byKeys = false; }, true);
  window.addEventListener("pagehide", () => sessionStorage.setItem("by-keys", byKeys ? "yes" : ""));
  function standAtPart() {
    const home = location.hash.slice(1) || sessionStorage.getItem("brought-to");
    sessionStorage.removeItem("brought-to");
    const part = sessionStorage.getItem("by-keys") && document.getElementById(home);
    if (!part || document.activeElement !== body) return;
    byKeys = true;
    standAt(part.querySelector("[data-home], h1, h2, h3") || part);
  }

  function goOn(path) {
    sessionStorage.setItem("brought-to", "inhoud");
    location.assign(path);
  }

  document.addEventListener("htmx:before:swap", hold);
  document.addEventListener("htmx:after:swap", () => { freshAt = Date.now(); giveBack(); dress(document); });

  // ---- Bells: a region that hears one of its topics reads itself again

  const WRITING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable=true]";
  // Whoever types here or holds a card is not disturbed: the words or the piles would move under their hands.
  const writingIn = (region) => document.activeElement?.matches(WRITING) && region.contains(document.activeElement);
  const atWorkIn = (region) => writingIn(region) || Boolean(region.querySelector(".is-held"));
  const waiting = new Set();
  const toRead = new Set();
  let reading = 0;

  function hears(region, topic) {
    return region.dataset.hears.split(/\s+/).some((kind) => topic === "*" || topic === kind || topic.startsWith(`${kind}-`));
  }

  function ring(region, topic) {
    if (atWorkIn(region)) { waiting.add(region); return; }
    region.dispatchEvent(new CustomEvent("bell", { detail: { topic }, bubbles: false }));
    if (region.dataset.live) {
      toRead.add(region);
      // A little patience turns the bells of one act into one reading. It is not renewed: a room of people who all ring
      // at once would put the reading off for as long as they do.
      reading ||= setTimeout(() => { reading = 0; readAll(); }, Number(region.dataset.patience) || 25);
    }
  }

  /* Words that are being typed: who shows them gets them from the stream; what stands around them may come later. */
  const SOFT = "words-", CALM = 3000;
  const softly = new Set();
  function heard(topic) {
    if (topic.startsWith(SOFT)) {
      if (!softly.size) setTimeout(() => { const all = [...softly]; softly.clear(); all.forEach(heard); }, CALM);
      softly.add(topic.slice(SOFT.length));
      return;
    }
    document.querySelectorAll("[data-hears]").forEach((region) => { if (hears(region, topic)) ring(region, topic); });
  }

  const lookAgain = () => setTimeout(() => {
    waiting.forEach((region) => {
      if (atWorkIn(region)) return;
      waiting.delete(region);
      if (region.isConnected) ring(region, "");
    });
  }, 200);
  document.addEventListener("focusout", lookAgain);
  document.addEventListener("dragend", lookAgain);

  /* One reading after another: of two at once the older answer could come last and put back what was. */
  let busy = Promise.resolve();
  function readAll() {
    busy = busy.then(readNow, readNow);
  }

  async function readNow() {
    // An act may have put a new region in the place of the one that heard the bell.
    const heardBy = [...toRead].map((region) => (region.isConnected ? region : document.getElementById(region.id)));
    const regions = [...new Set(heardBy)].filter((region) => region?.id && region.dataset.live);
    toRead.clear();
    for (const url of new Set(regions.map((region) => region.dataset.live))) {
      await readAgain(url, regions.filter((region) => region.dataset.live === url));
    }
  }

  /* The page as it is now, or null: of parts that hold none of the named regions nothing has to come. */
  async function freshPage(url, wanted) {
    try {
      const response = await patientFetch(url, { headers: { "Reads-Again": wanted } });
      return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
    } catch {
      return null; // The stream comes back by itself, and with it the bell.
    }
  }

  async function readAgain(url, regions) {
    let fresh = await freshPage(url, regions.map((region) => region.id).join(" "));
    // A region that is gone: the page became another one, and is wanted whole.
    if (fresh && regions.some((region) => !fresh.getElementById(region.id))) fresh = await freshPage(url, "yes");
    if (!fresh) return;
    for (const region of regions) {
      const next = fresh.getElementById(region.id);
      if (!next) {
        await turnPage(fresh);
        return;
      }
      if (atWorkIn(region)) { waiting.add(region); continue; }
      if (next.textContent.trim() === region.textContent.trim() && next.innerHTML === region.innerHTML) continue;
      const announce = next.dataset.announce !== region.dataset.announce && next.dataset.announce;
      await htmx.swap({ sourceElement: region, target: region, text: next.outerHTML, swap: "outerMorph" });
      if (announce) say(announce);
      letOldNoticesGo();
    }
  }

  /* "U hebt getekend" is not true any more once somebody changed what was signed; what is new stays to be read. */
  function letOldNoticesGo() {
    for (const notice of messages()?.querySelectorAll(".notice--success") || []) {
      if (Date.now() - notice.dataset.since > 10000) notice.remove();
    }
  }

  /* The page became another one, like two envelopes that opened: show it in place of the old one. */
  async function turnPage(fresh) {
    const main = document.getElementById("inhoud");
    const next = fresh.getElementById("inhoud");
    if (!next || atWorkIn(main) || unsent().length) {
      tell("Deze pagina is intussen veranderd. Lees haar opnieuw.");
      return;
    }
    document.title = fresh.title;
    body.className = fresh.body.className;
    await htmx.swap({ sourceElement: main, target: main, text: next.outerHTML, swap: "outerHTML" });
    say(next.querySelector("h1")?.textContent.trim() || "De pagina is veranderd.");
  }

  // ---- The stream: one for all pages of this seat in this browser

  const stream = body.dataset.stream;
  let last = null;
  let pause = 1000;

  /* Words for writing.js; what comes down the stream before that script is there waits for it. */
  const early = [];
  const pass = (name, detail) => (window.dialoog.hears ? document.dispatchEvent(new CustomEvent(`dialoog:${name}`, { detail })) : early.push([name, detail]));
  function toWords() {
    window.dialoog.hears = true;
    early.splice(0).forEach(([name, detail]) => pass(name, detail));
  }

  function listen(spread) {
    const url = new URL(stream, location.href);
    if (last) url.searchParams.set("heard", last);
    const read = new Set([...document.querySelectorAll("[data-thing]")].map((place) => place.dataset.thing));
    if (read.size) url.searchParams.set("words", [...read].join(" "));
    const source = new EventSource(url);
    for (const name of ["words", "writing"]) {
      source.addEventListener(name, (event) => pass(name, JSON.parse(event.data)));
    }
    source.addEventListener("open", () => { pause = 1000; body.dataset.streaming = "open"; });
    source.addEventListener("bell", (event) => {
      last = event.lastEventId || last;
      heard(event.data);
      spread?.({ topic: event.data, id: last });
    });
    source.addEventListener("error", () => {
      body.dataset.streaming = "lost";
      if (source.readyState !== EventSource.CLOSED) return;
      doubt();
      setTimeout(() => listen(spread), pause);
      pause = Math.min(pause * 2, 30000);
    });
    window.addEventListener("pagehide", () => source.close(), { once: true });
  }

  window.addEventListener("pageshow", (event) => {
    // Whoever comes back with the browser's button can send again.
    if (onItsWay) letGo(onItsWay);
    if (event.persisted) location.reload();
  });

  // What was typed and could not be kept came back in fields that only show it: one press copies all of it.
  document.querySelectorAll("[data-copy-typed]").forEach((button) => {
    const fields = [...document.querySelectorAll("[data-typed]")];
    button.hidden = false;
    button.addEventListener("click", () => {
      Promise.resolve().then(() => navigator.clipboard.writeText(fields.map((field) => field.value).join("\n\n"))).then(
        () => tell("De tekst is gekopieerd. Plak hem waar u verder schrijft."),
        () => { fields[0].select(); tell("Kopiëren mag hier niet vanzelf. De tekst is aangewezen: druk op Ctrl en C."); },
      );
    });
  });

  // What an act did that came back as a whole page: no screen reader reads what stood there already.
  function sayNews() {
    const news = [...document.querySelectorAll("#messages [data-notice] p")].map((p) => p.textContent).join(" ");
    if (news) say(news);
  }

  dress(document);
  document.querySelector(".errors, .nudge[tabindex]")?.focus();
  // The browser itself goes to that part while the page loads, and lets go of the focus then.
  if (document.readyState === "complete") standAtPart();
  else window.addEventListener("load", () => setTimeout(standAtPart));
  window.dialoog = { tell, say, fetch: patientFetch, toWords, goOn, readAgain: (region) => ring(region, ""), sayNews };
  if (stream) listen();
})();
