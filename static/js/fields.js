/* Small helps for fields; every form works without them: calendar beside a day, groups of an IBAN, what is left of a
   long text, focus on what is to be put right. */
(function () {
  "use strict";

  const words = document.getElementById("field-words");
  const say = (name) => (words ? words.dataset[name] : "");

  function changed(field) {
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // --- days ---------------------------------------------------------------------------------------------
  function isoOf(text) {
    const found = text.trim().match(/^(\d{1,2})[./\s-]+(\d{1,2})[./\s-]+(\d{4})$/);
    if (found) { return [found[3], found[2].padStart(2, "0"), found[1].padStart(2, "0")].join("-"); }
    return /^\d{4}-\d{2}-\d{2}$/.test(text.trim()) ? text.trim() : "";
  }

  function beginDay(field) {
    if (!("showPicker" in HTMLInputElement.prototype) || field.closest(".day-row")) { return; }
    const row = document.createElement("div");
    row.className = "day-row";
    field.replaceWith(row);
    const picker = document.createElement("input");
    Object.assign(picker, { type: "date", tabIndex: -1 });
    picker.setAttribute("aria-hidden", "true");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline-secondary day-button";
    const label = field.labels && field.labels[0] ? field.labels[0].textContent.replace("*", "").trim() : "";
    button.setAttribute("aria-label", say("calendar").replace("{field}", label));
    const template = document.getElementById("calendar-icon");
    if (template) { button.append(template.content.cloneNode(true)); } else { button.textContent = "…"; }
    row.append(field, button, picker);
    button.addEventListener("click", () => { picker.value = isoOf(field.value); picker.showPicker(); });
    picker.addEventListener("input", (event) => event.stopPropagation());
    picker.addEventListener("change", (event) => {
      event.stopPropagation();
      if (picker.value) { field.value = picker.value.split("-").reverse().join("/"); changed(field); }
      field.focus();
    });
  }

  // --- bank accounts ------------------------------------------------------------------------------------
  function beginIban(field) {
    field.addEventListener("input", () => {
      const before = field.value.slice(0, field.selectionStart).replace(/\s/g, "").length;
      const bare = field.value.replace(/\s/g, "").toUpperCase();
      const grouped = bare.replace(/(.{4})(?=.)/g, "$1 ");
      if (grouped === field.value) { return; }
      field.value = grouped;
      const at = before + Math.max(0, Math.ceil(before / 4) - 1);
      field.setSelectionRange(at, at);
    });
  }

  // --- long texts ---------------------------------------------------------------------------------------
  function beginCount(field) {
    const most = Number(field.dataset.count);
    const line = document.createElement("p");
    line.className = "count";
    const told = document.createElement("span");
    told.className = "visually-hidden";
    told.setAttribute("aria-live", "polite");
    field.after(line, told);
    let timer = 0;
    function show() {
      const left = most - field.value.length;
      line.textContent = say("left").replace("{left}", left).replace("{all}", most);
      line.classList.toggle("late", left < most / 20);
      window.clearTimeout(timer);
      // Read out only near the end, and when one pauses.
      if (left < most / 10) { timer = window.setTimeout(() => { told.textContent = line.textContent; }, 1500); }
    }
    field.addEventListener("input", show);
    show();
    told.textContent = "";
  }

  function beginGrowing(field) {
    const grow = () => {
      if (field.scrollHeight > field.clientHeight + 4) { field.rows = Math.min(30, field.rows + Math.ceil((field.scrollHeight - field.clientHeight) / 24)); }
    };
    field.addEventListener("input", grow);
    grow();
  }

  // --- the page -----------------------------------------------------------------------------------------
  function focusTarget() {
    const errors = document.querySelector(".form-errors");
    if (errors && !window.location.hash) { errors.focus(); return; }
    const target = window.location.hash.length > 1 && document.getElementById(window.location.hash.slice(1));
    const field = target && /^div_id_/.test(target.id) && target.querySelector("input:not([type=hidden]):not([tabindex='-1']), select, textarea, summary");
    if (field) { field.focus(); }
  }

  function begin(root) {
    root.querySelectorAll("input[data-day]").forEach(beginDay);
    root.querySelectorAll("input[data-iban]").forEach(beginIban);
    root.querySelectorAll("textarea[data-count]").forEach(beginCount);
    root.querySelectorAll("textarea[data-grows]").forEach(beginGrowing);
  }

  begin(document);
  focusTarget();
  window.addEventListener("hashchange", focusTarget);
  document.addEventListener("fields:new", (event) => begin(event.target));
  document.addEventListener("kept:page", (event) => { begin(event.target); focusTarget(); });
})();
