/* A card is made from a story.
   data-take   a button: take over the words that were selected in data-source */
"use strict";
(() => {
  const take = document.querySelector("[data-take]");
  if (!take) return;
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
})();
