/* The phone in the room. It asks gently where the room is and goes along; without this script a link does the same.
   data-stand="/zaal/…/stand/"   on body: the address that knows the stage of the room
   data-stage="1"                on body: the stage that this page was made for
   data-without-script           hidden here, because it happens by itself
   data-keep                     a form of which what was typed survives a page that a phone loads anew */
"use strict";
(() => {
  const body = document.body;
  document.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });

  // ---- How many words there are
  const words = [...document.querySelectorAll(".room-word input[name^=word_]")];
  const counted = document.querySelector("[data-count]");
  const NUMBERS = ["geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"];
  function count() {
    const ticked = document.querySelectorAll("input[name=picks]:checked").length;
    const number = words.filter((input) => input.value.trim()).length + ticked;
    if (number) counted.textContent = number > 5 ? `Kies er hoogstens vijf. U hebt er nu ${NUMBERS[number] || number}.` : `U hebt er nu ${NUMBERS[number]}. Hoogstens vijf.`;
  }
  if (counted) document.addEventListener("input", count);

  // ---- What is typed survives a page that a phone loads anew; it stays in this tab and goes once it was sent
  const form = document.querySelector("form[data-keep]");
  const place = form && new URL(form.action).pathname;
  const fields = form ? [...form.elements].filter((one) => one.matches("textarea, input[type=text], input[type=checkbox]")) : [];
  const nameOf = (field) => (field.type === "checkbox" ? `${field.name}=${field.value}` : field.name);
  const valueOf = (field) => (field.type === "checkbox" ? "checked" : "value");

  function store(act) {
    // A browser may keep nothing, or have no room left: then typing goes on without.
    try { return act(window.sessionStorage); } catch { return null; }
  }

  function keep() {
    const typed = Object.fromEntries(fields.map((field) => [nameOf(field), field[valueOf(field)]]));
    store((tab) => tab.setItem(place, JSON.stringify(typed)));
  }

  /* Only a sentence of the server says that what was sent arrived. */
  function forgetWhatArrived() {
    const sent = store((tab) => tab.getItem("zaal-sent"));
    store((tab) => tab.removeItem("zaal-sent"));
    if (sent && document.querySelector(".room-said")) store((tab) => tab.removeItem(sent));
    if (body.dataset.stage === "4") store((tab) => Object.keys(tab).filter((name) => name.startsWith("/zaal/")).forEach((name) => tab.removeItem(name)));
  }

  function putBack() {
    const typed = store((tab) => JSON.parse(tab.getItem(place))) || {};
    const changed = fields.filter((field) => nameOf(field) in typed && typed[nameOf(field)] !== field[valueOf(field)]);
    for (const field of changed) {
      field[valueOf(field)] = typed[nameOf(field)];
      const folded = field.closest("details");
      if (folded) folded.open = true;
    }
    return changed.length > 0;
  }

  forgetWhatArrived();
  const unsent = putBack();
  form?.addEventListener("input", keep);

  // ---- Send once
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
    if (event.target === form) store((tab) => tab.setItem("zaal-sent", place));
    setTimeout(() => { delete event.target.dataset.sent; }, 8000);
  });

  // ---- Where is the room?
  const EVERY = 5000;
  const told = document.getElementById("gezegd");
  let touched = unsent;
  let gone = body.dataset.stage;
  document.addEventListener("input", () => { touched = true; });

  function tell(sentence) {
    const p = document.createElement("p");
    p.className = "room-said";
    p.textContent = sentence;
    told.replaceChildren(p);
  }

  if (unsent) {
    if (counted) count();
    tell("Wat u typte, staat er nog. Het is nog niet verstuurd.");
  }

  async function look() {
    if (document.visibilityState === "visible") {
      try {
        const answer = await fetch(`${body.dataset.stand}?fase=${gone}`, { cache: "no-store" });
        if (answer.status === 200) {
          gone = (await answer.text()).trim();
          // What somebody is writing stays: it can still be sent until the room closes.
          if (!touched) return location.replace(location.pathname);
          tell(gone === "4" ? "De zaal is nu gesloten. Wat u nog niet verstuurde, telt niet meer mee." : "De zaal gaat verder. Maak dit rustig af en verstuur het. Dan gaat u vanzelf mee.");
        }
      } catch {
        // No connection for a moment: the next look will do.
      }
    }
    // Three hundred phones that were reloaded by the same stage do not all ask in the same second.
    setTimeout(look, EVERY * (0.8 + 0.4 * Math.random()));
  }
  if (body.dataset.stand && gone !== "4") setTimeout(look, EVERY * Math.random());
})();
