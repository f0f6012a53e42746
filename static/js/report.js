/* data-busy="sentence" on a form: says while the answer is being made that it takes a moment, and takes one click only. */
"use strict";
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-busy]");
  if (!form || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  window.dialoog?.tell(form.dataset.busy);
});
// Whoever comes back with the browser's button can send again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("[data-busy]").forEach((form) => { delete form.dataset.sent; });
});
