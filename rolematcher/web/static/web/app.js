// Small help for pages that also work without it. No evaluation, no inline handlers: the policy forbids both.
(function () {
  "use strict";

  // One press, one request. The server refuses a second one anyway; this only spares the wait.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-once")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    var button = event.submitter || form.querySelector("[data-once-words]");
    if (button && button.dataset.onceWords) { button.textContent = button.dataset.onceWords; button.setAttribute("aria-busy", "true"); }
  });
  // Coming back with the Back button: the form may be sent again.
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; window.location.reload(); });
  });

  // "Nobody" and "Not sure" go with nothing else.
  document.addEventListener("change", function (event) {
    var box = event.target, alone = ["nobody", "unsure"];
    if (box.type !== "checkbox" || !box.checked || !box.form) return;
    box.form.querySelectorAll("input[type=checkbox][name='" + box.name + "']").forEach(function (other) {
      if (other !== box && (alone.indexOf(box.value) >= 0 || alone.indexOf(other.value) >= 0)) other.checked = false;
    });
  }, true);

  document.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-opens]");
    if (opener) {
      var open = document.getElementById(opener.dataset.opens).classList.toggle("is-open");
      opener.setAttribute("aria-expanded", String(open));
    }
    var copier = event.target.closest("[data-copies]");
    if (copier) {
      var source = document.getElementById(copier.dataset.copies);
      var text = source.value || source.textContent;
      var done = function () { copier.textContent = copier.dataset.copiedWords; };
      if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(text).then(done); }
      else if (source.select) { source.select(); document.execCommand("copy"); done(); }
    }
    // A menu closes when something else is pressed.
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) { menu.open = false; menu.querySelector("summary").focus(); });
    var panel = document.querySelector(".so-far.is-open");
    if (panel) panel.querySelector(".so-far-bar").click();
  });

  // Faults first: after a refused form the summary has the focus.
  document.addEventListener("DOMContentLoaded", function () {
    var summary = document.getElementById("error-summary");
    if (summary) summary.focus();
  });

  var retry;
  // The draft could not be kept: say so where "saved" stands, and try again when the line is back.
  function notKept(words) {
    var state = document.getElementById("save-state");
    if (state) { state.textContent = typeof words === "string" ? words : document.body.dataset.notSaved; state.classList.add("error"); }
    clearTimeout(retry);
    retry = setTimeout(keepAgain, 5000);
  }
  // Signed out, or in again in another tab: the old token is refused. With a new one the page goes on.
  function renewed(go) {
    fetch("/token/", { redirect: "manual", credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok) { notKept(document.body.dataset.signedOut); return; }
      return answer.text().then(function (token) {
        document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach(function (field) { field.value = token; });
        go();
      });
    }).catch(function () { notKept(); });
  }
  document.addEventListener("htmx:beforeSwap", function (event) {
    var answer = event.detail.xhr;
    if (answer.responseURL.indexOf("/accounts/login/") < 0) return;
    event.detail.shouldSwap = false;
    notKept(document.body.dataset.signedOut);
  });
  function keepAgain() {
    renewed(keepNow);
  }
  function keepNow() {
    var keeper = document.getElementById("keeper");
    if (keeper && window.htmx) window.htmx.trigger(keeper, "keep");
  }
  document.addEventListener("htmx:sendError", notKept);
  document.addEventListener("htmx:responseError", function (event) {
    if (event.detail.xhr.status === 403) renewed(keepNow); else notKept();
  });
  window.addEventListener("online", keepAgain);
})();
