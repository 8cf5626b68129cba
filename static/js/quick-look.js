/* The panel beside a list: a quick look at one row after another, as the record's own address shows it in brief.
   A modal dialog, as the ARIA Authoring Practices describe it: what it covers of the list can't take the focus. forms.js
   fetches this script with the first look. Without scripts there are no buttons, and the row's link leads to the page.
   docs/design.md */
const STEPS = { ArrowUp: -1, k: -1, ArrowDown: 1, j: 1 };
const PAUSE = 150; // milliseconds
const dialog = document.getElementById("quick-look");
const title = document.getElementById("quick-look-title");
const part = (name) => dialog.querySelector(`[data-part=${name}]`);
const stepButtons = dialog.querySelectorAll("[data-step]");
const buttons = () => Array.from(document.querySelectorAll("button[data-quick-look]"));
let shown = null; // the button of the row that is shown
let request = null;

/** Opens the panel with the row of this button. */
export function open(button) {
  show(button);
  if (!dialog.open) { dialog.showModal(); }
  title.focus();
}

function neighbour(by) {
  const all = buttons();
  return all[all.indexOf(shown) + by];
}

function mark(button) {
  if (shown) { shown.closest("tr").classList.remove("in-quick-look"); }
  shown = button;
  shown.closest("tr").classList.add("in-quick-look");
  shown.closest("tr").scrollIntoView({ block: "nearest" });
}

function show(button) {
  mark(button);
  const all = buttons();
  title.textContent = button.dataset.name;
  part("position").textContent = dialog.dataset.position
    .replace("{number}", all.indexOf(button) + 1).replace("{all}", all.length);
  part("page").href = button.dataset.quickLook;
  stepButtons.forEach((one) => one.setAttribute("aria-disabled", String(!neighbour(Number(one.dataset.step)))));
  dialog.scrollTop = 0;
  // What goes takes the focus with it, and without focus the panel hears no key.
  if (part("body").contains(document.activeElement)) { title.focus(); }
  part("body").replaceChildren();
  fill(button.dataset.quickLook);
}

async function fill(page) {
  if (request) { request.abort(); }
  const mine = request = new AbortController();
  const address = new URL(page, window.location.href);
  address.searchParams.set("quick_look", "1");
  part("body").setAttribute("aria-busy", "true");
  // A key that is held passes over rows: only where it stops is asked for.
  await new Promise((resolve) => { setTimeout(resolve, dialog.open ? PAUSE : 0); });
  if (mine !== request) { return; }
  try {
    const answer = await fetch(address, { signal: mine.signal });
    // Led elsewhere: one is signed out.
    if (!answer.ok || answer.redirected) { throw new Error(answer.statusText); }
    const html = await answer.text();
    if (mine === request) { part("body").innerHTML = html; }
  } catch {
    if (mine === request) { sayItFailed(); }
  }
  if (mine === request) { part("body").removeAttribute("aria-busy"); }
}

function sayItFailed() {
  const said = document.createElement("p");
  said.setAttribute("role", "alert");
  said.textContent = dialog.dataset.failed;
  part("body").replaceChildren(said);
}

function step(by) {
  const next = neighbour(by);
  if (next) { show(next); }
}

stepButtons.forEach((one) => one.addEventListener("click", () => step(Number(one.dataset.step))));
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => { if (event.target === dialog) { dialog.close(); } });
dialog.addEventListener("keydown", (event) => {
  const by = STEPS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!by || event.ctrlKey || event.altKey || event.metaKey) { return; }
  event.preventDefault();
  step(by);
});
// One goes on in the list from the row that was shown last.
dialog.addEventListener("close", () => {
  shown.closest("tr").classList.remove("in-quick-look");
  shown.focus();
});
