// The profile's form saves itself through htmx; this tells when it could not, and never shows an old copy.
(function () {
  "use strict";

  function tellNotSaved(event) {
    const form = event.target.closest ? event.target.closest("form[data-not-saved]") : null;
    const status = document.getElementById("save-status");
    if (form && status) {
      status.textContent = form.dataset.notSaved;
      status.classList.add("late");
    }
  }

  document.addEventListener("htmx:sendError", tellNotSaved);
  document.addEventListener("htmx:responseError", tellNotSaved);
  document.addEventListener("htmx:afterSwap", function () {
    const status = document.getElementById("save-status");
    if (status) {
      status.classList.remove("late");
    }
  });

  // Who presses a button while the form saves itself waits for that: else the portal takes the save for
  // somebody else's.
  const FORM = "step-form";
  let underWay = 0;
  let pressed = null;
  let leaving = false;

  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.target.id !== FORM) {
      return;
    }
    if (leaving) {
      event.preventDefault();
    } else {
      underWay += 1;
    }
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.target.id === FORM && underWay > 0) {
      underWay -= 1;
      // A save that was queued behind this one begins first.
      window.setTimeout(sendPressed, 50);
    }
  });

  function sendPressed() {
    if (underWay === 0 && pressed) {
      const button = pressed;
      pressed = null;
      button.form.requestSubmit(button);
    }
  }

  document.addEventListener("submit", function (event) {
    if (event.target.id !== FORM) {
      return;
    }
    if (underWay > 0 && event.submitter) {
      event.preventDefault();
      pressed = event.submitter;
    } else {
      leaving = true;
    }
  });

  // A page brought back by the Back button holds the version of then: read it anew.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      window.location.reload();
    }
  });
})();
