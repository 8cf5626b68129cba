// The profile's form saves itself through htmx; this tells when it could not, and never shows an old copy.
(function () {
  "use strict";

  function tellNotSaved(event) {
    const form = event.target.closest ? event.target.closest("form[data-not-saved]") : null;
    const status = document.getElementById("save-status");
    if (form && status) {
      // Who is signed out is told so by the line below, with the way back.
      status.textContent = event.detail.xhr && event.detail.xhr.status === 401 ? "" : form.dataset.notSaved;
      status.classList.add("late");
      announce();
    }
  }

  // What the status says is read out once, not at each save of the same minute.
  function announce() {
    const status = document.getElementById("save-status");
    const told = document.querySelector("[data-announce]");
    if (!status || !told) { return; }
    const words = status.textContent.replace(/\s+/g, " ").trim();
    if (told.textContent !== words) { told.textContent = words; }
  }

  document.addEventListener("htmx:sendError", tellNotSaved);
  document.addEventListener("htmx:responseError", tellNotSaved);
  document.addEventListener("htmx:afterSwap", function () {
    const status = document.getElementById("save-status");
    if (status) {
      status.classList.remove("late");
      status.querySelectorAll("time[data-local]").forEach(function (time) {
        const style = { timeStyle: "short" };
        time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, style).format(new Date(time.dateTime));
      });
      announce();
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
      if (event.detail.successful && !document.querySelector("#save-status .alert")) {
        event.target.dispatchEvent(new Event("draft:saved"));
      }
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
    if (event.defaultPrevented) {
      return;
    }
    if (underWay > 0 && event.submitter) {
      event.preventDefault();
      pressed = event.submitter;
    } else {
      leaving = true;
    }
  });

  document.addEventListener("form:stays", function () {
    leaving = false;
  });

  // A page brought back by the Back button holds the version of then: read it anew.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      window.location.reload();
    }
  });
})();
