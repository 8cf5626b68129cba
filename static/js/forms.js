/* Small helps for fields; every form works without them: calendar beside a day, groups of an IBAN, what is left of a
   long text, focus on what is to be put right; then files, which are checked before they are sent. */
(function () {
  "use strict";

  const words = document.getElementById("field-words");
  const say = (name) => (words ? words.dataset[name] : "");

  function changed(field) {
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // --- days ---------------------------------------------------------------------------------------------
  // As the server reads them (cxc/web/fields.py): names in the page's language, else in English; "" where unclear.
  const bare = (name) => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\.$/, "");

  function monthsIn(language, wanted) {
    const names = [...Array(12).keys()].map((month) => ["long", "short"].map(
      (width) => bare(new Date(Date.UTC(2026, month, 15)).toLocaleDateString(language, { month: width, timeZone: "UTC" }))));
    const fitting = (fits) => names.flatMap((written, month) => (written.some(fits) ? [month + 1] : []));
    const whole = fitting((name) => name === wanted);
    return whole.length || wanted.length < 3 ? whole : fitting((name) => name.startsWith(wanted));
  }

  function monthOf(word) {
    if (/^\d+$/.test(word)) { return word; }
    const own = monthsIn(document.documentElement.lang || "en", bare(word));
    const found = own.length ? own : monthsIn("en", bare(word));
    return found.length === 1 ? String(found[0]) : "";
  }

  function isoOf(text) {
    const day = /^(\d{1,2})(?:\.?[ºª]|\.|er|re|e|st|nd|rd|th)?[\s./-]+(?:de\s+)?(\d{1,2}|\p{L}+)\.?[\s./,-]+(?:de\s+)?(\d{4})$/iu;
    const first = text.trim().match(day);
    const last = text.trim().match(/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/);
    const parts = first ? [first[3], monthOf(first[2]), first[1]] : last ? last.slice(1) : [];
    return parts.every(Boolean) ? parts.map((part) => part.padStart(2, "0")).join("-") : "";
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
      const bare = field.value.replace(/[\s.\-\u200b-\u200f\ufeff]/g, "").toUpperCase().replace(/^IBAN[:=]?/, "");
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
      // As the server counts: characters, not halves of them, and a line break once.
      const left = most - Array.from(field.value.replace(/\r\n?/g, "\n")).length;
      line.textContent = say(left < 0 ? "over" : "left").replace("{left}", left).replace("{over}", -left).replace("{all}", most);
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
  // What came in later: the fields of a filter that was unfolded.
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) { begin(event.target); } });
  document.addEventListener("draft:page", (event) => { begin(event.target); focusTarget(); });
})();

/* A file is checked before it is sent, and one sees how far it is. Without this the form is sent as ever. */
(function () {
  "use strict";

  const words = document.getElementById("field-words");
  const say = (name) => (words ? words.dataset[name] : "");
  const size = (bytes) => (bytes < 1048576 ? Math.ceil(bytes / 1024) + " kB" : (bytes / 1048576).toFixed(1) + " MB");

  function wrong(field) {
    const most = Number(field.dataset.mostBytes);
    const ends = (field.accept || "").split(",").filter(Boolean);
    for (const file of field.files) {
      if (most && file.size > most) { return say("large").replace("{name}", file.name).replace("{size}", size(file.size)).replace("{most}", size(most)); }
      if (ends.length && !ends.some((end) => file.name.toLowerCase().endsWith(end))) { return say("type").replace("{name}", file.name).replace("{types}", ends.join(", ")); }
    }
    return "";
  }

  function line(field) {
    let said = field.parentNode.querySelector("[data-upload-said]");
    if (!said) {
      said = document.createElement("p");
      said.dataset.uploadSaid = "";
      said.id = field.id + "_said";
      said.setAttribute("aria-live", "polite");
      field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), said.id].filter(Boolean).join(" "));
      field.after(said);
    }
    return said;
  }

  function chosen(field) {
    const problem = wrong(field);
    field.setCustomValidity(problem);
    field.classList.toggle("is-invalid", Boolean(problem));
    const said = line(field);
    said.className = problem ? "late" : "count";
    said.textContent = problem || Array.from(field.files, (file) => say("chosen").replace("{name}", file.name).replace("{size}", size(file.size))).join(" ");
  }

  function send(form, button) {
    const field = Array.from(form.querySelectorAll("input[type=file]")).find((one) => one.files.length);
    const progress = document.createElement("progress");
    progress.className = "upload-progress";
    progress.max = 100;
    progress.setAttribute("aria-label", say("sending"));
    const said = line(field);
    said.className = "count";
    said.before(progress);
    const request = new XMLHttpRequest();
    request.open("POST", form.getAttribute("action") || window.location.href);
    request.setRequestHeader("X-Upload", "1");
    const data = new FormData(form);
    if (button && button.name) { data.append(button.name, button.value); }
    let quarter = -1;
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) { return; }
      const percent = Math.round((event.loaded / event.total) * 100);
      progress.value = percent;
      // Read out by quarters.
      if (Math.floor(percent / 25) !== quarter) { quarter = Math.floor(percent / 25); said.textContent = say("progress").replace("{percent}", percent); }
    });
    const failed = () => { progress.remove(); said.className = "late"; said.textContent = say("failed"); if (button) { button.disabled = false; } form.dispatchEvent(new Event("form:stays", { bubbles: true })); };
    request.addEventListener("error", failed);
    request.addEventListener("abort", failed);
    request.addEventListener("load", () => {
      const address = request.getResponseHeader("X-Location");
      if (address) { window.location.assign(address); return; }
      const page = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
      if (!page) { failed(); return; }
      const main = document.querySelector("main");
      main.replaceChildren(...page.childNodes);
      main.dispatchEvent(new Event("draft:page", { bubbles: true }));
      begin(main);
      window.scrollTo(0, 0);
    });
    if (button) { button.disabled = true; }
    request.send(data);
  }

  function begin(root) {
    root.querySelectorAll("input[type=file]").forEach((field) => field.addEventListener("change", () => chosen(field)));
  }

  begin(document);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.enctype !== "multipart/form-data") { return; }
    const files = Array.from(form.querySelectorAll("input[type=file]")).filter((field) => field.files.length);
    if (!files.length || files.some(wrong)) { return; }
    event.preventDefault();
    send(form, event.submitter);
  });
})();

/* Selecting all rows, keys in a table, the quick look from a list. Every page also works without. */
(function () {
  "use strict";

  // --- selecting all rows -------------------------------------------------------------------------------
  document.querySelectorAll("[data-select-all]").forEach((all) => {
    const boxes = () => all.closest("table").querySelectorAll("input[name=row]");
    all.addEventListener("change", () => boxes().forEach((box) => { box.checked = all.checked; }));
  });

  // --- keys in a table ----------------------------------------------------------------------------------
  // Letters too: they act only while the focus is in the table (WCAG 2.1.4).
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], k: [-1, 0], j: [1, 0] };

  // The cell that lies a step from this one, over rows that are too short for it.
  function beside(table, cell, [down, right]) {
    const column = cell.cellIndex + right;
    let at = cell.parentElement.rowIndex + down;
    while (down && table.rows[at] && !table.rows[at].cells[column]) { at += down; }
    return table.rows[at] && table.rows[at].cells[column];
  }

  function step(table, cell, by) {
    const next = beside(table, cell, by);
    if (!next) { return false; }
    const inside = next.querySelector("a, input, button");
    if (!inside) { next.tabIndex = -1; }
    (inside || next).focus();
    return true;
  }

  // What is pressed in the row: X its box, the space bar its quick look, Enter its link. A box, button or link that has
  // the focus answers to its own keys.
  function target(cell, key) {
    const row = cell.parentElement;
    const isInside = document.activeElement !== cell;
    if (key === "x") { return row.querySelector("input[name=row]"); }
    if (key === "Enter") { return isInside ? null : row.querySelector("a[href]"); }
    if (key !== " " || (isInside && document.activeElement.matches("button, input"))) { return null; }
    return row.querySelector("[data-quick-look]");
  }

  function press(cell, key) {
    const found = target(cell, key);
    if (found) { found.click(); }
    return Boolean(found);
  }

  function pressed(table, event) {
    const cell = event.target.closest("td, th");
    const isTyping = event.target.matches("select, textarea, input:not([type=checkbox])");
    if (!cell || isTyping || event.ctrlKey || event.altKey || event.metaKey) { return; }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (STEPS[key] ? step(table, cell, STEPS[key]) : press(cell, key)) { event.preventDefault(); }
  }

  document.querySelectorAll("[data-arrow-keys]").forEach((table) => {
    table.addEventListener("keydown", (event) => pressed(table, event));
  });

  // --- the quick look from a list -----------------------------------------------------------------------
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-quick-look]");
    if (!button) { return; }
    try {
      (await import(document.getElementById("quick-look").dataset.script)).open(button);
    } catch {
      window.location.assign(button.dataset.quickLook);
    }
  });
})();
