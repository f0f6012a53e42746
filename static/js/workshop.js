/* The facilitator's desk and the big screen: a word dragged onto another one fills in the same form that the list does.
   data-word="…"   a word that can be dragged, with its key
   data-lay        the form that lays one word with another */
"use strict";
(() => {
  let dragged = null;
  let held = null;

  const wordAt = (event) => event.target.closest?.("[data-word]");

  function dress() {
    document.querySelectorAll("[data-word]:not([draggable])").forEach((row) => { row.draggable = true; });
  }

  document.addEventListener("dragstart", (event) => {
    dragged = wordAt(event);
    if (!dragged) return;
    event.dataTransfer.setData("text/plain", dragged.dataset.word);
    event.dataTransfer.effectAllowed = "move";
    dragged.classList.add("held");
    // While a word hangs in the air its list stays as it is.
    held = dragged.closest("[data-live]");
    if (held) { held.dataset.waits = held.dataset.live; delete held.dataset.live; }
  });

  document.addEventListener("dragover", (event) => {
    const row = wordAt(event);
    document.querySelectorAll(".over").forEach((one) => { if (one !== row) one.classList.remove("over"); });
    if (!dragged || !row || row === dragged) return;
    event.preventDefault();
    row.classList.add("over");
  });

  document.addEventListener("drop", (event) => {
    const row = wordAt(event);
    if (!dragged || !row || row === dragged) return;
    event.preventDefault();
    const form = dragged.querySelector("[data-lay]");
    form.elements.other.value = row.dataset.word;
    form.requestSubmit();
  });

  document.addEventListener("dragend", () => {
    dragged?.classList.remove("held");
    document.querySelectorAll(".over").forEach((one) => one.classList.remove("over"));
    if (held) {
      held.dataset.live = held.dataset.waits;
      delete held.dataset.waits;
    }
    dragged = held = null;
  });

  document.addEventListener("htmx:after:swap", dress);
  dress();
  window.dialoog?.sayNews();
})();
