/* The search's dialog, which layout.js opens: an editable combobox with list autocomplete and manual selection, in a modal
   dialog, as the ARIA Authoring Practices describe them. Without this script the form leads to the search's page, which
   finds the same. docs/search.md */
(function () {
  "use strict";

  const PAUSE = 200; // milliseconds without a keystroke before the portal is asked
  const dialog = document.getElementById("search-dialog");
  const field = dialog.querySelector("[role=combobox]");
  const list = dialog.querySelector("[role=listbox]");
  const status = dialog.querySelector("[data-search-status]");
  const hint = document.getElementById("search-hint");
  let timer = 0;
  let request = null;
  let shown = ""; // the text whose options are in the list

  // --- the dialog -----------------------------------------------------------------------------------

  dialog.querySelector("[data-search-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) { dialog.close(); } });
  dialog.addEventListener("close", () => { stop(); activate(null); });

  // --- the list -------------------------------------------------------------------------------------

  const options = () => Array.from(list.querySelectorAll("[role=option]"));
  const active = () => list.querySelector("[aria-selected=true]");

  function expand(wanted) {
    const expanded = wanted && options().length > 0;
    list.hidden = !expanded;
    field.setAttribute("aria-expanded", String(expanded));
    if (!expanded) { activate(null); }
  }

  function activate(option) {
    options().forEach((one) => one.setAttribute("aria-selected", String(one === option)));
    if (option) {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }

  function step(by) {
    if (list.hidden) { expand(true); }
    const all = options();
    if (!all.length || list.hidden) { return; }
    const at = all.indexOf(active());
    const begin = by > 0 ? 0 : all.length - 1;
    activate(all[at < 0 ? begin : (at + by + all.length) % all.length]);
  }

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) { return; }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && active()) {
      event.preventDefault();
      active().click();
    } else if (event.key === "Escape" && !list.hidden) {
      // The first Escape closes the list, the next one the dialog.
      event.preventDefault();
      expand(false);
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      activate(null); // the cursor moves in the text again
    }
  });
  // Back from the next page, the search is closed.
  window.addEventListener("pagehide", () => dialog.close());
  field.form.addEventListener("submit", (event) => { if (!field.value.trim()) { event.preventDefault(); } });

  // --- asking the portal ----------------------------------------------------------------------------

  function stop() {
    window.clearTimeout(timer);
    if (request) { request.abort(); }
    request = null;
  }

  function show(html, text) {
    list.innerHTML = html;
    shown = text;
    status.textContent = list.firstElementChild ? list.firstElementChild.dataset.status.replace(/\s+/g, " ").trim() : "";
    expand(true);
    hint.hidden = !list.hidden;
  }

  async function ask(text) {
    const mine = request = new AbortController();
    try {
      const answer = await fetch(dialog.dataset.options, {
        method: "POST",
        body: new URLSearchParams({ q: text }),
        headers: { ...JSON.parse(document.body.dataset.hxHeaders), "HX-Request": "true" },
        signal: mine.signal,
      });
      const html = answer.ok ? await answer.text() : "";
      if (mine !== request) { return; }
      show(html, text);
      if (!answer.ok) { status.textContent = answer.status === 401 ? dialog.dataset.signedOut : dialog.dataset.failed; }
    } catch (failed) {
      if (mine !== request) { return; }
      show("", "");
      status.textContent = dialog.dataset.failed;
    }
  }

  function typed() {
    const text = field.value.trim();
    stop();
    activate(null);
    if (!text) { show("", ""); return; }
    if (text === shown) { expand(true); return; }
    timer = window.setTimeout(ask, PAUSE, text);
  }

  field.addEventListener("input", typed);
  typed(); // what was typed before this script came
})();
