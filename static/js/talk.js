/* The time that each side has spoken goes on while nobody reads the page again. Without this script it stands still.
   data-spoken="245"   on a time: the seconds at the moment the page was read
   data-running        this one goes on */
"use strict";
(() => {
  const began = new WeakMap();
  setInterval(() => {
    document.querySelectorAll("[data-running]").forEach((time) => {
      const known = began.get(time);
      const first = known?.spoken === time.dataset.spoken ? known : { spoken: time.dataset.spoken, at: performance.now() };
      began.set(time, first);
      const seconds = Number(first.spoken) + Math.floor((performance.now() - first.at) / 1000);
      time.textContent = `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`;
    });
  }, 500);
})();
