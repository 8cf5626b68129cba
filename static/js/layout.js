/* The frame of every page: open menus close when one goes on, messages can be put away,
   empty filters stay out of addresses. All works without this. */
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
