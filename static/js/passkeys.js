/* Passkeys: what the browser asks of a finger, a face or a pin, put in a plain form.
   data-passkey="create|get"      a form; its question is the JSON inside it, or
   data-passkey-from="/path"      is asked there at the moment of the click
   data-passkeys                  shown only where the browser can do this */
const able = "PublicKeyCredential" in window;
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function create(question) {
  const asked = { ...question, challenge: bytes(question.challenge), excludeCredentials: known(question.excludeCredentials) };
  asked.user = { ...question.user, id: bytes(question.user.id) };
  // Enough by itself: kept on the device, and it asks who is there.
  asked.authenticatorSelection = { ...question.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  const made = await navigator.credentials.create({ publicKey: asked });
  const { clientDataJSON, attestationObject } = made.response;
  return told(made, { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject), transports: made.response.getTransports() });
}

async function get(question) {
  const asked = { ...question, challenge: bytes(question.challenge), allowCredentials: known(question.allowCredentials) };
  const made = await navigator.credentials.get({ publicKey: asked });
  const { clientDataJSON, authenticatorData, signature, userHandle } = made.response;
  const shown = { clientDataJSON, authenticatorData, signature, ...(userHandle && { userHandle }) };
  return told(made, Object.fromEntries(Object.entries(shown).map(([name, buffer]) => [name, text(buffer)])));
}

function told(made, response) {
  return { type: made.type, id: made.id, rawId: text(made.rawId), authenticatorAttachment: made.authenticatorAttachment, clientExtensionResults: made.getClientExtensionResults(), response };
}

async function question(form) {
  const inside = form.querySelector("script[type='application/json']");
  if (inside) return JSON.parse(inside.textContent);
  const answer = await fetch(form.dataset.passkeyFrom, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  return (await answer.json()).request_options;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const trouble = form.querySelector("[data-passkey-trouble]");
    trouble.textContent = "";
    try {
      const { publicKey } = await question(form);
      form.elements.credential.value = JSON.stringify(await (form.dataset.passkey === "create" ? create : get)(publicKey));
      form.submit();
    } catch {
      trouble.textContent = "Dit lukte niet. Probeer het opnieuw, of log in op een andere manier.";
    }
  });
}
for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = !able;
