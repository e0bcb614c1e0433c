/* What can be scrolled sideways can be reached and named with the keyboard; what fits is no stop on the way. */
"use strict";

(() => {
  const names = new Map();

  const nameOf = (box) => {
    const table = box.querySelector("caption");
    const part = box.closest("section, details, .panel, main");
    const head = table || part?.querySelector("summary, h2, h3, h1") || document.querySelector("h1");
    return head ? head.textContent.trim().replace(/\s+/g, " ") : "";
  };

  const look = () => {
    names.clear();
    for (const box of document.querySelectorAll(".scroll, #changelist .results")) {
      if (box.scrollWidth <= box.clientWidth + 1) {
        box.removeAttribute("tabindex");
        box.removeAttribute("role");
        box.removeAttribute("aria-label");
        continue;
      }
      const name = nameOf(box);
      const seen = (names.get(name) || 0) + 1;
      names.set(name, seen);
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", seen > 1 ? `${name} (${seen})` : name);
    }
  };

  look();
  // A chart over time begins with its newest end in view.
  for (const chart of document.querySelectorAll(".scroll > svg.chart")) chart.parentElement.scrollLeft = 10000;
  window.addEventListener("resize", look);
  document.addEventListener("toggle", look, true);
  document.addEventListener("htmx:afterSwap", look);
})();
