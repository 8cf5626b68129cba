/* Filters that say nothing are left out of the address. Without scripts they stand there, and mean the same. */
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-tidy]")) return;
  const blank = [...event.target.elements].filter((field) => field.name && field.name !== "kind" && field.value === "");
  blank.forEach((field) => { field.disabled = true; });
  // Back from the next page, the form is whole again.
  setTimeout(() => blank.forEach((field) => { field.disabled = false; }), 0);
});
