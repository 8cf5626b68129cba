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

// The lists that one picks several from (countries of a generation) are narrowed down and ordered as everything else:
// without accents and capitals.
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ı: "i" };
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  .replace(/[ßæœþøłđðħı]/g, (letter) => LETTERS[letter]).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
window.addEventListener("DOMContentLoaded", () => {
  if (!window.SelectBox) { return; }
  SelectBox.filter = (id, text) => {
    const words = folded(text).split(" ");
    for (const option of SelectBox.cache[id]) { option.displayed = words.every((word) => folded(option.text).includes(word)) ? 1 : 0; }
    SelectBox.redisplay(id);
  };
  SelectBox.sort = (id) => {
    SelectBox.cache[id].sort((a, b) => (folded(a.text) < folded(b.text) ? -1 : Number(folded(a.text) > folded(b.text))));
  };
});
