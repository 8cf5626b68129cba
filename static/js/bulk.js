/* The table of values saves itself, a row at a time; without this it is saved with its buttons. */
(function () {
  "use strict";

  const form = document.querySelector("form[data-saves-itself]");
  if (!form) { return; }
  const state = form.querySelector(".save-state");

  async function save(row) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    row.querySelectorAll("input, select, textarea").forEach((field) => { if (field.name) { data.set(field.name, field.value); } });
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "HX-Request": "true" } });
    state.textContent = answer.ok ? state.dataset.saved : "";
  }

  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) { save(row).catch(() => { state.textContent = ""; }); }
  });
})();
