/* Unsaved form input is saved as a draft on the server within two seconds, and in the browser only until then:
   never files, passwords or what is marked data-private. Erased here on sign-out and for another person.
   How a form gets this: docs/forms.md. */
(function () {
  "use strict";

  const PREFIX = "form-draft:";
  const DONE = "draft-taken-";
  const SOON = 900; // milliseconds from the first keystroke to the save that carries it
  const AGAIN = 5000;
  const PAGE_FIELDS = ["csrfmiddlewaretoken", "form_draft", "version_read", "base", "next", "overwrite"];
  const NOT_TYPED = ["file", "password", "submit", "button", "image", "reset"];

  // --- the browser's own memory, which may be forbidden ---------------------------------------------

  function remember(key, value) {
    try { localStorage.setItem(key, JSON.stringify(value)); } catch (refused) { /* then on the server alone */ }
  }
  function recall(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch (refused) { return null; }
  }
  function forget(key) {
    try { localStorage.removeItem(key); } catch (refused) { /* nothing there */ }
  }
  function keys() {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch (refused) { return []; }
  }

  // What a form looked like when the portal took it is not typed any more.
  function forgetTaken() {
    const taken = document.cookie.split("; ").map((one) => one.split("=")[0]).filter((name) => name.startsWith(DONE));
    taken.forEach((name) => {
      keys().filter((key) => (recall(key) || {}).token === name.slice(DONE.length)).forEach(forget);
      document.cookie = name + "=; path=/; max-age=0; samesite=lax";
    });
  }

  // --- a form -----------------------------------------------------------------------------------------

  function isDrafted(field) {
    return field.name && !field.disabled && !NOT_TYPED.includes(field.type) && !PAGE_FIELDS.includes(field.name)
      && !("private" in field.dataset) && !(["checkbox", "radio"].includes(field.type) && !field.checked);
  }

  function typedIn(form) {
    const pairs = [];
    Array.from(form.elements).filter(isDrafted).forEach((field) => {
      const values = field.type === "select-multiple" ? Array.from(field.selectedOptions, (one) => one.value) : [field.value];
      values.forEach((value) => pairs.push([field.name, value]));
    });
    return pairs;
  }

  function localTime(moment) {
    const now = new Date();
    const sameDay = moment.toDateString() === now.toDateString();
    const style = sameDay ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
    return new Intl.DateTimeFormat(document.documentElement.lang || undefined, style).format(moment);
  }

  function say(form, kind, at) {
    const status = form.querySelector("[data-draft-status]");
    if (!status) { return; }
    const words = status.dataset[kind].replace("{time}", at ? localTime(at) : "");
    const shown = status.querySelector("[data-draft-text]");
    // The same words again are not announced again.
    if (shown.textContent !== words) { shown.textContent = words; }
    status.classList.toggle("late", kind !== "saved");
    const door = status.querySelector("[data-draft-sign-in]");
    if (door) { door.hidden = kind !== "signedOut"; }
  }

  function begin(form) {
    const said = form.dataset;
    const key = PREFIX + [said.draftPerson, said.draftPrincipal, said.draftAddress].join(":");
    let timer = 0;
    let underWay = null;
    let changes = 0;
    let leaving = false;
    let sentElsewhere = 0;

    const entry = () => ({ at: new Date().toISOString(), token: said.draftToken, base: said.draftBase, fields: typedIn(form) });

    function send(what, alive) {
      return fetch(said.draft, {
        method: "POST",
        keepalive: alive,
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify({ address: said.draftAddress, principal: said.draftPrincipal, base: what.base, fields: what.fields }),
      });
    }

    function later(milliseconds) {
      if (!timer && !leaving) { timer = window.setTimeout(save, milliseconds); }
    }

    function save() {
      timer = 0;
      if (underWay) { return; }
      const sent = changes;
      underWay = send(entry(), false).then(async (answer) => {
        if (answer.ok) {
          const at = new Date((await answer.json()).at);
          if (sent === changes) { forget(key); } else { later(0); }
          say(form, "saved", at);
        } else {
          say(form, answer.status === 401 || answer.status === 403 ? "signedOut" : "lost");
          if (answer.status >= 500) { later(AGAIN); }
        }
      }).catch(() => { say(form, "lost"); later(AGAIN); }).finally(() => { underWay = null; });
    }

    function typed(event) {
      if (event.target.name && !isDrafted(event.target) && !["checkbox", "radio"].includes(event.target.type)) { return; }
      changes += 1;
      remember(key, entry());
      if (!("draftElsewhere" in said)) { later(SOON); }
    }

    form.addEventListener("input", typed);
    form.addEventListener("change", typed);
    form.addEventListener("draft:changed", typed);
    // A form that saves itself into its record tells so by this event.
    form.addEventListener("draft:saved", () => { if (sentElsewhere === changes) { forget(key); } });
    document.addEventListener("htmx:beforeRequest", (event) => { if (event.target === form) { sentElsewhere = changes; } });

    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) { return; }
      window.clearTimeout(timer);
      timer = 0;
      if (underWay && !leaving) {
        // Else the save could arrive after the form and be taken for something newer.
        event.preventDefault();
        leaving = true;
        const button = event.submitter;
        Promise.race([underWay, new Promise((done) => window.setTimeout(done, 3000))]).then(() => form.requestSubmit(button));
        return;
      }
      leaving = true;
      // Until the portal says that it took it.
      if (changes) { remember(key, entry()); }
    });

    window.addEventListener("pagehide", () => {
      if (timer && !leaving && !("draftElsewhere" in said)) { send(entry(), true).then((answer) => { if (answer.ok) { forget(key); } }, () => {}); }
    });
    document.addEventListener("htmx:responseError", (event) => {
      if (event.target === form && event.detail.xhr.status === 401) { say(form, "signedOut"); }
    });
    form.addEventListener("form:stays", () => { leaving = false; });
    window.addEventListener("pageshow", (event) => { if (event.persisted) { leaving = false; } });
    window.addEventListener("online", () => { if (recall(key) && !("draftElsewhere" in said)) { later(0); } });

    const left = recall(key);
    if (!left) { return; }
    if ("draftPosted" in said) {
      // This page holds what was sent just now.
      forget(key);
      changes += 1;
      if (!("draftElsewhere" in said)) { later(0); }
      return;
    }
    // Typed here and never seen by the portal: it takes it now, and the page shows it again.
    send(left, false).then((answer) => { if (answer.ok) { forget(key); window.location.replace(window.location.href); } }, () => {});
  }

  // --- the page ---------------------------------------------------------------------------------------

  function beginPage(root) {
    root.querySelectorAll("time[data-local]").forEach((time) => { time.textContent = localTime(new Date(time.dateTime)); });
    root.querySelectorAll("form[data-draft]").forEach((form) => {
      const mine = PREFIX + form.dataset.draftPerson + ":";
      keys().filter((key) => !key.startsWith(mine)).forEach(forget);
      begin(form);
    });
  }

  forgetTaken();
  beginPage(document);
  document.addEventListener("draft:page", (event) => { forgetTaken(); beginPage(event.target); });
  document.addEventListener("submit", (event) => {
    if ((event.target.getAttribute("action") || "").endsWith("/logout/")) { keys().forEach(forget); }
  });
})();
