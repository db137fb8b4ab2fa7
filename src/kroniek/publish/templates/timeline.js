"use strict";
(() => {
  const form = document.getElementById("filter");
  const words = document.getElementById("words");
  const output = form.querySelector("output");
  const events = [...document.querySelectorAll(".event")];
  if (!events.length) return;
  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const groups = new Set([...form.querySelectorAll("input[name=group]:checked")].map((box) => box.value));
    let shown = 0;
    for (const event of events) {
      const group = event.closest("section").className;
      const fits = groups.has(group) && wanted.every((word) => event.dataset.words.includes(word));
      event.hidden = !fits;
      shown += fits;
    }
    for (const list of document.querySelectorAll("main ol")) {
      list.previousElementSibling.hidden = !list.querySelector(".event:not([hidden])");
    }
    for (const section of document.querySelectorAll("main section")) {
      section.hidden = !section.querySelector(".event:not([hidden])");
    }
    output.textContent = output.dataset.text.replace("#shown", shown).replace("#all", events.length);
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
