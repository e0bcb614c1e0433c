// Leaving a step keeps what was typed, even within the moment before autosave; a long text is counted.
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
  form.querySelectorAll("textarea[data-most]").forEach(function (box) {
    var count = document.createElement("p");
    count.className = "soft small counter";
    box.insertAdjacentElement("afterend", count);
    function say() {
      var most = Number(box.dataset.most), length = box.value.length;
      count.textContent = length + " / " + most;
      count.classList.toggle("error", length > most);
    }
    box.addEventListener("input", say);
    say();
  });
})();
