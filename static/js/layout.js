/* The frame of every page: open menus close when one goes on, messages can be put away,
   empty filters stay out of addresses, the search opens. All works without this. */
(function () {
  "use strict";

  const OPEN_MENUS = ".site-nav details[open]";

  document.addEventListener("click", function (event) {
    document.querySelectorAll(OPEN_MENUS).forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
    const close = event.target.closest(".message-close");
    if (close) {
      close.closest(".message").remove();
      document.getElementById("main").focus();
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    document.querySelectorAll(OPEN_MENUS).forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // Filters that say nothing are left out of the address. Without scripts they stand there, and mean the same.
  document.addEventListener("submit", function (event) {
    if (!event.target.matches("form[data-tidy]")) { return; }
    const blank = [...event.target.elements].filter((field) => field.name && field.name !== "kind" && field.value === "");
    blank.forEach((field) => { field.disabled = true; });
    // Back from the next page, the form is whole again.
    setTimeout(() => blank.forEach((field) => { field.disabled = false; }), 0);
  });

  // A second click while the first is on its way sends nothing. On the window: whoever else holds a form back comes first.
  const ON_ITS_WAY = 3000;
  window.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post") { return; }
    if ("sent" in form.dataset) { event.preventDefault(); return; }
    form.dataset.sent = "";
    setTimeout(() => { delete form.dataset.sent; }, ON_ITS_WAY);
  });

  // The header's button and Ctrl-K (Cmd-K) open the search's dialog; its script is fetched when it is first opened.
  // Without scripts the button leads to the search's page.
  const search = document.getElementById("search-dialog");
  const opener = document.querySelector("[data-search-open]");
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

  function openSearch() {
    if (!search.open) { search.showModal(); }
    const field = search.querySelector("input");
    field.focus();
    field.select();
    if (document.querySelector("script[data-search]")) { return; }
    const script = document.createElement("script");
    script.src = search.dataset.script;
    script.dataset.search = "";
    document.head.append(script);
  }

  if (search && opener && search.showModal) {
    opener.setAttribute("aria-haspopup", "dialog");
    opener.setAttribute("aria-keyshortcuts", isMac ? "Meta+K" : "Control+K");
    if (isMac) { opener.title = opener.title.replace(/(Ctrl|Strg)-K/, "⌘K"); }
    opener.addEventListener("click", (event) => { event.preventDefault(); openSearch(); });
    document.addEventListener("keydown", (event) => {
      const modified = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
      const isShortcut = modified && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
      // Another dialog that is open stays in front.
      if (!isShortcut || (!search.open && document.querySelector("dialog[open]"))) { return; }
      event.preventDefault();
      openSearch();
    });
  }

  // The buttons that name the language open the dialog of all. Without scripts they lead to the page of the choice.
  const languages = document.getElementById("language-dialog");
  if (languages && languages.showModal) {
    document.querySelectorAll("[data-language-open]").forEach(function (button) {
      button.setAttribute("aria-haspopup", "dialog");
      button.addEventListener("click", function (event) {
        event.preventDefault();
        languages.showModal();
        languages.querySelector("[aria-current]").focus();
      });
    });
  }

  // A link to a place within a folded part unfolds it.
  function unfold() {
    const place = window.location.hash && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    if (!place) { return; }
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) { fold.open = true; }
    place.scrollIntoView();
  }
  window.addEventListener("hashchange", unfold);
  unfold();
})();
