/* The agenda editor: its buttons change the lines on the server, without a new page; focus stays, and what was done is
   read out. Lines can be dragged with the mouse. Without this the buttons work by themselves. */
(function () {
  "use strict";

  const form = document.getElementById("agenda");
  if (!form) { return; }
  const days = () => document.getElementById("agenda-days");
  let busy = false;

  // Each field of each line by "KEY NAME": a line keeps its key wherever it goes.
  function fields() {
    const found = new Map();
    days().querySelectorAll("[data-key]").forEach((line) => line.querySelectorAll("[name^='form-']").forEach((field) => {
      found.set(line.dataset.key + " " + field.name.replace(/^form-\d+-/, ""), field);
    }));
    return found;
  }
  const value = (field) => (field.type === "checkbox" ? field.checked : field.value);
  function put(field, value) {
    if (field && field.type === "checkbox") { field.checked = value; } else if (field) { field.value = value; }
  }
  const nameOf = (field) => ([...fields()].find(([, one]) => one === field) || [])[0];

  // The new lines take the place of those that stand; what was typed since they were asked for stays.
  function replace(page, sent, began) {
    const typed = [...fields()].filter(([name, field]) => value(field) !== sent.get(name)).map(([name, field]) => [name, value(field)]);
    const at = document.activeElement === began ? undefined : nameOf(document.activeElement);
    days().replaceWith(page);
    const there = fields();
    typed.forEach(([name, value]) => put(there.get(name), value));
    return there.get(at);
  }

  async function press(action) {
    if (busy) { return; }
    busy = true;
    const data = new FormData(form);
    const sent = new Map([...fields()].map(([name, field]) => [name, value(field)]));
    const began = document.activeElement;
    data.append("do", action);
    try {
      const answer = await fetch(window.location.href, { method: "POST", body: data, redirect: "error" });
      const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("agenda-days");
      if (!page) { throw new Error("no agenda"); }
      const writing = replace(page, sent, began);
      page.dispatchEvent(new Event("fields:new", { bubbles: true }));
      const focus = writing || document.getElementById(page.dataset.focus) || titleOf(page.dataset.focus);
      if (focus) { focus.focus(); }
      document.querySelector("[data-agenda-announcement]").textContent = page.dataset.announcement;
      form.dispatchEvent(new Event("draft:changed"));
    } catch (failed) {
      // As without scripts: the button sends the form.
      const button = document.createElement("button");
      Object.assign(button, { name: "do", value: action, hidden: true });
      form.append(button);
      if (navigator.onLine) { form.requestSubmit(button); }
      button.remove();
    } finally {
      busy = false;
    }
  }

  // "KEY-title", "KEY-day": a field of the line with that key.
  function titleOf(focus) {
    const cut = (focus || "").lastIndexOf("-");
    const line = cut > 0 && document.querySelector('[data-key="' + CSS.escape(focus.slice(0, cut)) + '"]');
    return line && line.querySelector('[name$="-' + focus.slice(cut + 1) + '"]');
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button) { event.preventDefault(); press(button.value); }
  });
  form.addEventListener("change", (event) => {
    if (/^form-\d+-day$/.test(event.target.name || "")) { press("sort:" + event.target.closest("[data-key]").dataset.key); }
  });

  // --- by mouse -----------------------------------------------------------------------------------------
  let dragged = null;

  function clearMarks() { form.querySelectorAll(".agenda-here, .agenda-below").forEach((one) => one.classList.remove("agenda-here", "agenda-below")); }
  // Over the lower half of a line: behind it.
  function isBelow(line, event) {
    const box = line.getBoundingClientRect();
    return event.clientY > box.top + box.height / 2;
  }

  form.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (grip) { grip.closest("[data-key]").draggable = true; }
  });
  form.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-key]");
    if (!dragged) { return; }
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.key);
    dragged.classList.add("agenda-dragged");
  });
  form.addEventListener("dragover", (event) => {
    const day = event.target.closest("[data-day-of]");
    if (!dragged || !day) { return; }
    event.preventDefault();
    clearMarks();
    const line = event.target.closest("[data-key]");
    (line || day.querySelector(".agenda-lines")).classList.add(line && isBelow(line, event) ? "agenda-below" : "agenda-here");
  });
  form.addEventListener("drop", (event) => {
    const day = event.target.closest("[data-day-of]");
    if (!dragged || !day) { return; }
    event.preventDefault();
    const lines = Array.from(day.querySelectorAll("[data-key]")).filter((line) => line !== dragged);
    const line = event.target.closest("[data-key]");
    if (line === dragged) { return; }
    const at = line ? lines.indexOf(line) + (isBelow(line, event) ? 1 : 0) : lines.length;
    press(["move", dragged.dataset.key, day.dataset.dayOf, at].join(":"));
  });
  form.addEventListener("dragend", () => {
    clearMarks();
    if (dragged) { dragged.classList.remove("agenda-dragged"); dragged.draggable = false; }
    dragged = null;
  });
})();
