// The rulebook editor: line numbers beside the text, faulty lines marked, a click on a fault goes to its line.
// Without this script the page works too; it only has no numbers beside the text.
"use strict";
(() => {
  const form = document.querySelector("form.editor");
  if (!form) return;
  const text = form.querySelector("textarea");
  const gutter = form.querySelector(".gutter");
  const faults = new Map();
  for (const link of document.querySelectorAll("[data-line]")) {
    const line = Number(link.dataset.line);
    faults.set(line, `${faults.has(line) ? `${faults.get(line)}\n` : ""}${link.parentElement.textContent.trim()}`);
  }
  let saved = text.value;
  let drawn = 0;

  const draw = () => {
    const lines = text.value.split("\n").length;
    if (lines === drawn) return;
    drawn = lines;
    const rows = document.createDocumentFragment();
    for (let number = 1; number <= lines; number += 1) {
      const row = document.createElement("span");
      row.textContent = number;
      if (faults.has(number)) {
        row.className = "fault";
        row.title = faults.get(number);
      }
      rows.append(row, "\n");
    }
    gutter.replaceChildren(rows);
  };
  const follow = () => { gutter.scrollTop = text.scrollTop; };
  const show = (number) => {
    text.scrollTop = Math.max(0, (number - 6) * (text.scrollHeight / text.value.split("\n").length));
    follow();
  };
  const go = (number) => {
    const lines = text.value.split("\n");
    const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
    text.focus({ preventScroll: true });
    text.setSelectionRange(start, start + lines[number - 1].length);
    text.scrollIntoView({ block: "nearest" });
    show(number);
  };

  text.addEventListener("input", draw);
  text.addEventListener("scroll", follow);
  text.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (!link) return;
    event.preventDefault();
    go(Number(link.dataset.line));
  });
  form.addEventListener("submit", () => { saved = text.value; });
  window.addEventListener("beforeunload", (event) => {
    if (text.value !== saved) event.preventDefault();
  });
  draw();
  if (faults.size) show(Math.min(...faults.keys()));
})();
