/* Bundling: cards by drag, by arrow keys and by list; a screen that follows the stage of the meeting.
   data-stage    on a region that hears the meeting: another number means that everyone goes on
   data-card     a card that can be dragged, data-pile where it can land; a hidden .dropper form sends it
   data-said     what an act answered, said once
   data-key      a link that an arrow key follows
   data-whole    a pile that can be dragged onto another one, to join them
   data-again    a form that stays on the page after it was sent
   data-ends     until when the stage lasts, in seconds; data-left says how long that is
   data-alive    a region that reads itself again every so many seconds: a sign of life
   data-read-aloud, data-aloud, data-unsaid   a button, what it reads, and what it skips
   data-sentences   sentences with a tick each; selecting ticks them too */
"use strict";
(() => {
  const stageNow = () => document.querySelector("[data-stage]")?.dataset.stage;
  const stage = stageNow();

  // Who is on the way to another page is not called back to this one; a file that opens beside it is no leaving.
  const UNDER_WAY = 8000;
  let left = -UNDER_WAY;
  window.addEventListener("beforeunload", () => { left = performance.now(); });

  /* The screen follows. What somebody is typing is never thrown away: then a sentence says it. */
  function follow() {
    if (stage === undefined || stageNow() === stage) return;
    if (performance.now() - left < UNDER_WAY) {
      setTimeout(follow, UNDER_WAY);
      return;
    }
    const typed = [...document.querySelectorAll("#inhoud input[type=text], #inhoud input:not([type]), #inhoud textarea")].some((field) => field.value !== field.defaultValue);
    if (typed) {
      window.dialoog.tell("De gespreksleider ging verder. Lees de pagina opnieuw als u klaar bent met typen.");
      return;
    }
    window.dialoog.goOn(location.pathname);
  }

  function speak() {
    document.querySelectorAll("[data-said]").forEach((part) => {
      // What was wrong with the act before this one is no news any more.
      document.querySelectorAll("#messages .notice--warning").forEach((notice) => notice.remove());
      if ("warns" in part.dataset) window.dialoog.tell(part.dataset.said, "warning");
      else window.dialoog.say(part.dataset.said);
      delete part.dataset.said;
      delete part.dataset.warns;
    });
  }

  let taken = null;
  let carried = null;
  let sent = null;
  document.addEventListener("htmx:after:swap", () => {
    follow();
    again();
    speak();
    showTime();
    const list = document.getElementById("leg-bij");
    const now = list?.querySelector("input[name=card]").value ?? null;
    if (now && now !== taken) {
      list.querySelector("button").focus();
      // On a phone the end of the list, with the way out, would lie below the edge.
      list.scrollIntoView({ block: "nearest" });
    }
    if (!now && taken) document.getElementById(`pak-${taken}`)?.focus();
    taken = now;
    if (carried) document.getElementById(carried)?.focus();
    carried = null;
  });

  /* A form that stays after it was sent is empty again; without a next one the focus goes to what is told above it. */
  function again() {
    const form = document.getElementById(sent);
    const refused = document.querySelector("[data-said][data-warns]");
    if (!sent || refused) return;
    sent = null;
    form?.reset();
    const key = document.querySelector(".board .dropper [name=key]")?.value;
    if (form && key) form.elements.key.value = key;
    if (form) form.querySelector("input:not([type=hidden])").focus();
    else if (document.activeElement === document.body) document.getElementById("nu")?.focus();
  }
  document.addEventListener("submit", (event) => {
    sent = event.target.matches("form[data-again]") ? event.target.id : null;
  });

  /* One form per board sends what a hand or an arrow key did. */
  function send(card, pile) {
    const board = card.closest(".board, .own-sort");
    const form = board.querySelector(".dropper");
    form.elements.card.value = card.dataset.card;
    if (form.elements.seen) form.elements.seen.value = card.dataset.seen;
    (form.elements.theme || form.elements.pile).value = pile.dataset.pile;
    form.requestSubmit();
  }

  function join(whole, pile) {
    const form = document.querySelector(".merger");
    form.elements.other.value = whole.dataset.whole;
    form.elements.theme.value = pile.dataset.pile;
    form.requestSubmit();
  }

  // A card lands on a pile, on the table or beside them; a whole pile only on another pile.
  let held = null;
  const under = (event) => {
    const pile = held && event.target.closest?.("[data-pile]");
    if (!pile || (held.dataset.whole && ["", "new", held.dataset.whole].includes(pile.dataset.pile))) return null;
    return pile;
  };
  document.addEventListener("dragstart", (event) => {
    held = event.target.closest?.("[data-card], [data-whole]") ?? null;
    if (!held) return;
    held.classList.add("is-held");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.textContent.trim());
  });
  const light = (pile) => document.querySelectorAll("[data-pile]").forEach((one) => one.classList.toggle("may-land", one === pile));
  document.addEventListener("dragover", (event) => {
    const pile = under(event);
    light(pile);
    if (pile) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const pile = under(event);
    if (!pile) return;
    event.preventDefault();
    if (held.dataset.whole) join(held, pile);
    else if (!pile.contains(held)) send(held, pile);
  });
  document.addEventListener("dragend", () => {
    held?.classList.remove("is-held");
    held = null;
    light(null);
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && document.getElementById("leg-bij")) {
      document.querySelector("#leg-bij [data-cancel]").click();
      return;
    }
    const card = event.target.closest?.(".move")?.closest("[data-card]");
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (card && step) {
      const piles = [...card.closest(".board, .own-sort").querySelectorAll("[data-pile]")];
      const next = piles[piles.indexOf(card.closest("[data-pile]")) + step];
      if (!next) return;
      event.preventDefault();
      carried = `pak-${card.dataset.card}`;
      send(card, next);
      return;
    }
    if (event.target.matches("input, textarea, select, [contenteditable]")) return;
    document.querySelector(`a[data-key="${event.key}"]`)?.click();
  });

  // ---- Until when this stage lasts: the server says it, this only counts

  let told = null;
  function showTime() {
    const timer = document.querySelector("[data-ends]");
    if (!timer) { told = null; return; }
    const left = Math.round(Number(timer.dataset.ends) - Date.now() / 1000 - behind);
    const minutes = Math.ceil(left / 60);
    let words = "";
    if (left > 60) words = `nog ${minutes} minuten`;
    else if (left > 0) words = left === 1 ? "nog 1 seconde" : `nog ${left} seconden`;
    const place = timer.querySelector("[data-left]");
    if (place.textContent !== words) place.textContent = words;
    timer.classList.toggle("timer--up", left <= 0);
    // Aloud only when the last minute begins and when it is over; not at every second.
    const now = left <= 0 ? "De tijd is om." : left <= 60 ? "Nog één minuut." : "";
    if (told !== null && now && now !== told) window.dialoog.say(now);
    told = now;
  }
  // How far this device's clock is behind the server's, so that every screen shows the same.
  const behind = Number(document.body.dataset.now) - Math.floor(Date.now() / 1000);
  setInterval(showTime, 1000);
  showTime();

  // ---- A sign of life: the list of who is here reads itself again now and then

  const alive = document.querySelector("[data-alive]");
  if (alive) {
    setInterval(() => {
      const region = document.querySelector("[data-alive]");
      if (region && !document.hidden) window.dialoog.readAgain(region);
    }, Number(alive.dataset.alive) * 1000);
  }

  // ---- Reading aloud, by a voice on this device: another voice would send the card to somebody else's computer

  const speech = window.speechSynthesis;
  const voice = () => speech?.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith("nl"));
  function offerVoice() {
    document.querySelectorAll("[data-read-aloud]").forEach((button) => { button.hidden = !voice(); });
  }
  function hush() {
    speech?.cancel();
    document.querySelectorAll("[data-read-aloud]").forEach((button) => { button.textContent = "Lees voor"; });
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-read-aloud]");
    if (!button) {
      if (event.target.closest("[data-key]")) hush();
      return;
    }
    const busy = speech.speaking;
    hush();
    if (busy) return;
    const parts = [...document.querySelectorAll("[data-aloud] > :not([data-unsaid])")].map((part) => part.innerText.trim());
    const text = new SpeechSynthesisUtterance(parts.join(". "));
    text.lang = "nl-NL";
    text.voice = voice();
    text.rate = 0.95;
    text.addEventListener("end", hush);
    text.addEventListener("error", hush);
    button.textContent = "Stop met voorlezen";
    speech.speak(text);
  });
  if (speech) {
    offerVoice();
    speech.addEventListener?.("voiceschanged", offerVoice);
    document.addEventListener("htmx:after:swap", offerVoice);
    window.addEventListener("pagehide", hush);
    hush();
  }

  // ---- Sentences of a card: what somebody selects with the mouse is ticked

  document.addEventListener("mouseup", () => {
    const chosen = getSelection();
    const home = document.querySelector("[data-sentences]");
    if (!home || chosen.isCollapsed || !home.contains(chosen.anchorNode) || !home.contains(chosen.focusNode)) return;
    home.querySelectorAll("input").forEach((box) => { box.checked = chosen.containsNode(box.nextElementSibling, true); });
    // The click that ends the selection would turn its last sentence off again.
    const keep = (event) => event.preventDefault();
    home.addEventListener("click", keep, true);
    setTimeout(() => {
      home.removeEventListener("click", keep, true);
      chosen.removeAllRanges();
    });
  });

  window.dialoog.sayNews();

  /* A board card with its list in the middle of the screen, also after a plain link. */
  document.getElementById("leg-bij")?.querySelector("button").focus();
  taken = document.querySelector("#leg-bij input[name=card]")?.value ?? null;
})();
