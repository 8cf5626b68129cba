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

  // A page brought back by the Back button holds the version of then: read it anew.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      window.location.reload();
    }
  });
})();
