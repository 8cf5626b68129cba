/* Ticking all rows, walking a table by arrow keys, and a table of values that saves itself. All works without. */
(function () {
  "use strict";

  // --- ticks --------------------------------------------------------------------------------------------
  document.querySelectorAll("[data-tick-all]").forEach((all) => {
    const ticks = () => all.closest("table").querySelectorAll("input[name=row]");
    all.addEventListener("change", () => ticks().forEach((tick) => { tick.checked = all.checked; }));
  });

  // --- arrow keys ---------------------------------------------------------------------------------------
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  function walk(table, event) {
    const step = STEPS[event.key];
    const cell = event.target.closest("td, th");
    if (!step || !cell || event.target.matches("select, textarea, input:not([type=checkbox])")) { return; }
    const row = table.rows[cell.parentElement.rowIndex + step[0]];
    const next = row && row.cells[cell.cellIndex + step[1]];
    if (!next) { return; }
    event.preventDefault();
    const inside = next.querySelector("a, input, button");
    if (!inside) { next.tabIndex = -1; }
    (inside || next).focus();
  }

  document.querySelectorAll("[data-arrow-keys]").forEach((table) => {
    table.addEventListener("keydown", (event) => walk(table, event));
  });

  // --- values that save themselves ----------------------------------------------------------------------
  const form = document.querySelector("form[data-saves-itself]");

  async function save(row) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    row.querySelectorAll("input, select, textarea").forEach((field) => {
      if (field.name) { data.set(field.name, field.value); }
    });
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "HX-Request": "true" } });
    const state = form.querySelector(".save-state");
    state.textContent = answer.ok ? state.dataset.saved : state.dataset.notSaved;
  }

  if (form) {
    form.addEventListener("change", (event) => {
      const row = event.target.closest("[data-row]");
      const state = form.querySelector(".save-state");
      if (row) { save(row).catch(() => { state.textContent = state.dataset.notSaved; }); }
    });
  }
})();
