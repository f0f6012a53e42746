/* The clock of a conversation: a button beside each of the two times puts the time of now in it.
   Without this script the times are typed, or the minutes. */
(() => {
  const now = () => new Date().toTimeString().slice(0, 5);
  document.querySelectorAll("[data-clock]").forEach((field) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "utrecht-button utrecht-button--secondary-action clock";
    button.textContent = field.dataset.clock === "start" ? "Start nu" : "Stop nu";
    button.addEventListener("click", () => {
      field.value = now();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
    const row = document.createElement("span");
    row.className = "clock-row";
    field.replaceWith(row);
    row.append(field, button);
  });
})();
