// The Django admin's lists that one types into (select2) have no name while nothing is chosen: they take their label's.
const nameLists = () => {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const name = select.labels[0]?.textContent.replace(/:\s*$/, "").trim() ?? "";
    for (const part of select.nextElementSibling.querySelectorAll("[role=combobox], [role=textbox]")) {
      part.setAttribute("aria-label", name);
    }
  }
};
window.addEventListener("load", nameLists); // jQuery builds them after DOMContentLoaded
document.addEventListener("formset:added", nameLists);
