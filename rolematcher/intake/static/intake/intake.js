// Leaving a step keeps what was typed, even within the moment before autosave; a long text is counted;
// on step 3 the next question appears below the answered one.
(function () {
  "use strict";
  var form = document.getElementById("intake"), keeper = document.getElementById("keeper"), changed = false;
  if (!form) return;
  // One name for this browser tab on every step: its own late autosave is not another window's.
  var tab = form.querySelector("[name=tab]");
  try { tab.value = sessionStorage.tab || (sessionStorage.tab = tab.value); } catch (refused) { /* a new name each step, then */ }
  form.addEventListener("input", function () { changed = true; });
  form.addEventListener("submit", function () { changed = false; });
  window.addEventListener("pagehide", function () {
    if (changed && keeper && navigator.sendBeacon) navigator.sendBeacon(keeper.dataset.keep, new FormData(form));
  });
  // The button stays in view; a field reached by the keyboard comes out from beneath it. Under a mouse nothing
  // moves: the press would miss.
  var bar = form.querySelector(".submit-line");
  form.addEventListener("focusin", function (event) {
    if (!event.target.matches(":focus-visible") || bar.contains(event.target)) return;
    if (getComputedStyle(bar).position !== "sticky") return;
    if (event.target.getBoundingClientRect().bottom > bar.getBoundingClientRect().top - 8) event.target.scrollIntoView({ block: "center" });
  });
  document.querySelectorAll("[data-without-script]").forEach(function (element) { element.hidden = true; });

  form.querySelectorAll("textarea[data-most]").forEach(function (box) {
    var count = document.createElement("p");
    count.className = "soft small counter";
    count.id = box.id + "_count";
    box.setAttribute("aria-describedby", ((box.getAttribute("aria-describedby") || "") + " " + count.id).trim());
    box.insertAdjacentElement("afterend", count);
    function say() {
      var most = Number(box.dataset.most), length = box.value.length;
      count.textContent = length > most ? box.dataset.tooLong.replace("0", (length - most).toLocaleString(document.documentElement.lang))
        : length.toLocaleString(document.documentElement.lang) + " / " + most.toLocaleString(document.documentElement.lang);
      count.classList.toggle("error", length > most);
    }
    box.addEventListener("input", say);
    say();
  });

  // Each autosave brings what is asked now: new questions come below, those that no longer matter go, and
  // what has an answer stays as it is.
  var questions = document.getElementById("questions");
  function answered(block) { return block.querySelector("input:checked") || block.contains(document.activeElement); }
  // An answered question shows its answer alone; not while the arrow keys may still be on it.
  function fold(block) {
    if (block.classList.contains("folded")) return;
    var change = document.createElement("button");
    change.type = "button";
    change.className = "btn btn-quiet btn-sm";
    change.textContent = questions.dataset.change;
    change.setAttribute("aria-describedby", block.querySelector("legend").id = block.id + "_asks");
    block.classList.add("folded");
    block.appendChild(change);
    change.addEventListener("click", function () {
      block.classList.remove("folded");
      change.remove();
      block.querySelector(":checked").focus();
    });
  }
  function arrange() {
    var further = document.getElementById("further"), last = null;
    if (further.dataset.arranged) return;
    further.dataset.arranged = "yes";
    var now = Array.prototype.slice.call(further.children);
    questions.querySelectorAll(".step-question").forEach(function (block) {
      var still = now.some(function (one) { return one.id === block.id; });
      if (!still && !answered(block)) block.remove();
    });
    now.forEach(function (block) {
      var there = Array.prototype.some.call(questions.children, function (one) { return one.id === block.id; });
      if (there) block.remove(); else { questions.appendChild(block); last = last || block; }
    });
    if (!last) return;
    questions.querySelectorAll(".step-question").forEach(function (block) {
      if (block.querySelector("[type=radio]:checked") && !block.querySelector(":focus-visible")) fold(block);
    });
    last.scrollIntoView({ block: "nearest" });
  }
  if (questions && keeper) document.addEventListener("htmx:afterSettle", arrange);
})();
