/* Unsaved form input is saved on the server within two seconds, as a draft or into the record itself
   (data-draft-record), and in the browser only until then: never files, passwords or what is marked data-private.
   Erased here on sign-out and for another person. How a form gets this: docs/forms.md. */
(function () {
  "use strict";

  const PREFIX = "form-draft:";
  const DONE = "draft-taken-";
  const SOON = 900; // milliseconds from the first keystroke to the save that carries it
  const AGAIN = 5000;
  // So long a button waits for a save under way; one into the record changes the version that the button sends.
  const WAIT = { draft: 3000, record: 15000 };
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
    const words = kind ? status.dataset[kind].replace("{time}", at ? localTime(at) : "") : "";
    const shown = status.querySelector("[data-draft-text]");
    // The same words again are not announced again.
    if (shown.textContent !== words) { shown.textContent = words; }
    status.classList.toggle("late", Boolean(kind) && kind !== "saved");
    const door = status.querySelector("[data-draft-sign-in]");
    if (door) { door.hidden = kind !== "signedOut"; }
  }

  // What stands beside the fields is replaced where it differs, so that the same is not announced again.
  const shownParts = new WeakMap();

  function show(form, answer) {
    Object.entries(answer.fields || {}).forEach(([name, value]) => { form.elements[name].value = value; });
    Object.entries(answer.parts || {}).forEach(([name, html]) => {
      const part = document.querySelector(`[data-draft-part="${name}"]`);
      if (part && shownParts.get(part) !== html) { part.innerHTML = html; shownParts.set(part, html); }
    });
  }

  // Files are sent by a button alone.
  function withoutFiles(form) {
    const data = new FormData(form);
    form.querySelectorAll("input[type=file]").forEach((field) => data.delete(field.name));
    return data;
  }

  function begin(form) {
    const said = form.dataset;
    const key = PREFIX + [said.draftPerson, said.draftPrincipal, said.draftAddress].join(":");
    let timer = 0;
    let underWay = null;
    let changes = 0;
    let leaving = false;

    const entry = () => ({ at: new Date().toISOString(), token: said.draftToken, base: said.draftBase, fields: typedIn(form) });

    function send(what, alive) {
      return fetch(said.draft, {
        method: "POST",
        keepalive: alive,
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify({ address: said.draftAddress, principal: said.draftPrincipal, base: what.base, fields: what.fields }),
      });
    }

    function sendToRecord(alive) {
      return fetch(said.draftRecord, {
        method: "POST",
        keepalive: alive,
        headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        body: withoutFiles(form),
      });
    }

    const sendNow = (alive) => (said.draftRecord ? sendToRecord(alive) : send(entry(), alive));

    function later(milliseconds) {
      if (!timer && !leaving) { timer = window.setTimeout(save, milliseconds); }
    }

    function save() {
      timer = 0;
      if (underWay) { return; }
      const sent = changes;
      underWay = sendNow(false).then(async (answer) => {
        if (answer.ok) {
          taken(await answer.json(), sent);
        } else {
          say(form, answer.status === 401 || answer.status === 403 ? "signedOut" : answer.status < 500 ? "refused" : "lost");
          if (answer.status >= 500) { later(AGAIN); }
        }
      }).catch(() => { say(form, "lost"); later(AGAIN); }).finally(() => { underWay = null; });
    }

    // Without a moment nothing was saved: the answer's parts say why, and the next keystroke tries again.
    function taken(answer, sent) {
      show(form, answer);
      if (sent !== changes) { later(0); } else if (answer.at) { forget(key); }
      say(form, answer.at ? "saved" : "", answer.at ? new Date(answer.at) : null);
    }

    function typed(event) {
      if (event.target.name && !isDrafted(event.target) && !["checkbox", "radio"].includes(event.target.type)) { return; }
      changes += 1;
      remember(key, entry());
      later(SOON);
    }

    form.addEventListener("input", typed);
    form.addEventListener("change", typed);
    form.addEventListener("draft:changed", typed);

    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) { return; }
      window.clearTimeout(timer);
      timer = 0;
      if (underWay && !leaving) {
        // Else the save could arrive after the form and be taken for something newer.
        event.preventDefault();
        leaving = true;
        const button = event.submitter;
        Promise.race([underWay, new Promise((done) => window.setTimeout(done, said.draftRecord ? WAIT.record : WAIT.draft))]).then(() => form.requestSubmit(button));
        return;
      }
      leaving = true;
      // Until the portal says that it took it.
      if (changes) { remember(key, entry()); }
    });

    window.addEventListener("pagehide", () => {
      if (timer && !leaving) { sendNow(true).then((answer) => { if (answer.ok) { forget(key); } }, () => {}); }
    });
    form.addEventListener("form:stays", () => { leaving = false; });
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) { return; }
      // A page brought back by the Back button holds the version of then: read it anew.
      if (said.draftRecord) { window.location.reload(); }
      leaving = false;
    });
    window.addEventListener("online", () => { if (recall(key)) { later(0); } });

    const left = recall(key);
    if (!left) { return; }
    if ("draftPosted" in said) {
      // This page holds what was sent just now.
      forget(key);
      changes += 1;
      if (!said.draftRecord) { later(0); }
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
