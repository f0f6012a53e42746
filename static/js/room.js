/* The phone in the room. It asks gently where the room is and goes along; without this script a link does the same.
   data-stand="/zaal/…/stand/"   on body: the address that knows the stage of the room
   data-stage="1"                on body: the stage that this page was made for
   data-without-script           hidden here, because it happens by itself */
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

  // ---- Send once
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
    setTimeout(() => { delete event.target.dataset.sent; }, 8000);
  });

  // ---- Where is the room?
  const EVERY = 5000;
  const told = document.getElementById("gezegd");
  let touched = false;
  let gone = body.dataset.stage;
  document.addEventListener("input", () => { touched = true; });

  function tell(sentence) {
    const p = document.createElement("p");
    p.className = "room-said";
    p.textContent = sentence;
    told.replaceChildren(p);
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
