"use strict";
// Switches layers at once and keeps them in the address; without this file the button does the same.
(() => {
  const form = document.querySelector("form.layers");
  const text = document.getElementById("text");
  if (!form || !text) return;
  form.querySelector("button").hidden = true;
  form.addEventListener("change", () => {
    const query = new URLSearchParams(location.search);
    query.set("layers", "1");
    query.delete("layer");
    for (const box of form.querySelectorAll("input[name=layer]")) {
      text.classList.toggle(`show-${box.value}`, box.checked);
      if (box.checked) query.append("layer", box.value);
    }
    history.replaceState(null, "", `${location.pathname}?${query}${location.hash}`);
  });
})();
