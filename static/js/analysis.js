/* Bundling: cards by drag, by arrow keys and by list; a screen that follows the stage of the meeting.
   data-stage    on a region that hears the meeting: another number means that everyone goes on
   data-card     a card that can be dragged, data-pile where it can land; a hidden .dropper form sends it
   data-said     what an act answered, said once
   data-key      a link that an arrow key follows */
"use strict";
(() => {
  const stageNow = () => document.querySelector("[data-stage]")?.dataset.stage;
  const stage = stageNow();

  /* The screen follows. What somebody is typing is never thrown away: then a sentence says it. */
  function follow() {
    if (stage === undefined || stageNow() === stage) return;
    const typed = [...document.querySelectorAll("#inhoud input[type=text], #inhoud input:not([type]), #inhoud textarea")].some((field) => field.value !== field.defaultValue);
    if (typed) {
      window.dialoog.tell("De gespreksleider ging verder. Lees de pagina opnieuw als u klaar bent met typen.");
      return;
    }
    location.assign(location.pathname);
  }

  function speak() {
    document.querySelectorAll("[data-said]").forEach((part) => {
      if ("warns" in part.dataset) window.dialoog.tell(part.dataset.said, "warning");
      else window.dialoog.say(part.dataset.said);
      delete part.dataset.said;
      delete part.dataset.warns;
    });
  }

  let taken = null;
  let carried = null;
  document.addEventListener("htmx:after:swap", () => {
    follow();
    speak();
    const list = document.getElementById("leg-bij");
    const now = list?.querySelector("input[name=card]").value ?? null;
    if (now && now !== taken) list.querySelector("button").focus();
    if (!now && taken) document.getElementById(`pak-${taken}`)?.focus();
    taken = now;
    if (carried) document.getElementById(`pak-${carried}`)?.focus();
    carried = null;
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

  let held = null;
  document.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.("[data-card]");
    if (!card) return;
    held = card;
    card.classList.add("is-held");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.textContent.trim());
  });
  const light = (pile) => document.querySelectorAll("[data-pile]").forEach((one) => one.classList.toggle("may-land", one === pile));
  document.addEventListener("dragover", (event) => {
    const pile = held && event.target.closest?.("[data-pile]");
    light(pile);
    if (pile) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const pile = held && event.target.closest?.("[data-pile]");
    if (!pile) return;
    event.preventDefault();
    if (!pile.contains(held)) send(held, pile);
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
      carried = card.dataset.card;
      send(card, next);
      return;
    }
    if (event.target.matches("input, textarea, select, [contenteditable]")) return;
    document.querySelector(`a[data-key="${event.key}"]`)?.click();
  });

  /* A board card with its list in the middle of the screen, also after a plain link. */
  document.getElementById("leg-bij")?.querySelector("button").focus();
  taken = document.querySelector("#leg-bij input[name=card]")?.value ?? null;
})();
