/* The frame of every page: open menus close when one goes on, messages can be put away. All works without this. */
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
