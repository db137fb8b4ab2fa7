"use strict";
// Keys for the review pages. Without this file every button, link and form does the same.
(() => {
  // Code points before a place in a text, as the server counts them.
  const pointsBefore = (text, range) => {
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    return [...before.toString()].length;
  };
  const picked = (text) => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return null;
    return selection.getRangeAt(0);
  };
  const fill = (form, words, start) => {
    form.elements.words.value = words.trim();
    form.elements.start.value = String(start + (words.length - words.trimStart().length));
  };

  // In the reader: the selected words go along to the page that adds them.
  const reader = document.querySelector("#text[data-document]");
  const goAlong = document.querySelector("form.picked");
  if (reader && goAlong) {
    document.addEventListener("selectionchange", () => {
      const range = picked(reader);
      const block = range && (range.startContainer.parentElement ?? reader).closest("[data-start]");
      if (block) fill(goAlong, range.toString(), Number(block.dataset.start) + pointsBefore(block, range));
    });
  }

  const root = document.getElementById("review");
  if (!root) return;
  const keys = JSON.parse(root.dataset.keys || "{}");
  const acts = new Map(Object.entries(keys).filter(([act]) => act !== "on").map(([act, letter]) => [letter, act]));

  const writing = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;

  const edit = () => {
    const details = root.querySelector("[data-edit]");
    if (!details) return;
    details.open = true;
    details.querySelector("input:not([type=hidden]), select")?.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const details = event.target.closest?.("details[open]");
      if (details) { details.open = false; details.querySelector("summary").focus(); }
      return;
    }
    if (!keys.on || event.ctrlKey || event.metaKey || event.altKey || event.repeat || writing(event.target)) return;
    const letter = event.key.toLowerCase();
    if (/^[1-9]$/.test(letter)) {
      const choice = root.querySelector(`[data-digit="${letter}"]`);
      if (choice) { event.preventDefault(); choice.click(); }
      return;
    }
    const act = acts.get(letter);
    if (!act) return;
    event.preventDefault();
    if (act === "edit") edit();
    else root.querySelector(`[data-act="${act}"]`)?.click();
  });

  // Selecting words in a report fills in the form; code points are counted as the server counts them.
  const text = root.querySelector("[data-select]");
  const form = root.querySelector("form.add");
  if (text && form) {
    document.addEventListener("selectionchange", () => {
      const range = picked(text);
      if (range) fill(form, range.toString(), pointsBefore(text, range));
    });
    form.elements.words.addEventListener("input", () => { form.elements.start.value = ""; });
  }
})();
