"use strict";
// The pages work without this file. It says aloud what htmx put in, and keeps filters short.
(() => {
  const said = document.getElementById("said");
  document.addEventListener("htmx:afterSettle", () => {
    const count = document.querySelector("[data-say]");
    if (said && count) said.textContent = count.textContent.trim();
  });
  // Empty fields do not belong in the address.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "get") return;
    for (const field of form.elements) {
      if (field.name && !field.value) field.disabled = true;
    }
    setTimeout(() => { for (const field of form.elements) field.disabled = false; }, 0);
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") return;
    const values = event.detail.parameters;
    for (const name of Object.keys(values)) if (values[name] === "") delete values[name];
  });
})();
