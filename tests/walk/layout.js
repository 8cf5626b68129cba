() => {
  "use strict";
  const faults = [];
  const root = document.documentElement;
  const name = (element) => {
    const id = element.id ? `#${element.id}` : "";
    const kind = [...element.classList].map((one) => `.${one}`).join("");
    return `<${element.localName}${id}${kind}>`;
  };
  const brief = (words) => words.replace(/\s+/g, " ").trim().slice(0, 40);

  if (root.scrollWidth > root.clientWidth + 1) {
    const wide = [...document.body.querySelectorAll("*")]
      .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1)
      .slice(0, 3).map(name).join(", ");
    faults.push(`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}: ${wide}`);
  }

  // Texts that a person sees: not those for screen readers alone, nor what is drawn.
  const isTiny = (element) => {
    const box = element.getBoundingClientRect();
    return box.width <= 2 || box.height <= 2;
  };
  const isForEars = (element) => {
    if (isTiny(element) || element.closest(".visually-hidden, svg, option, [aria-hidden=true]")) return true;
    for (let outer = element.parentElement; outer && outer !== document.body; outer = outer.parentElement) {
      if (isTiny(outer) && getComputedStyle(outer).overflow === "hidden") return true;
    }
    return false;
  };
  const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  // Scrolled out of the box that it stands in, or half out: what shows there is the box's neighbour.
  const isScrolledAway = (element, box) => {
    for (let outer = element; outer && outer !== document.body; outer = outer.parentElement) {
      const style = getComputedStyle(outer), edge = outer.getBoundingClientRect();
      if (/auto|scroll/.test(style.overflowY) && (box.bottom > edge.bottom + 2 || box.top < edge.top - 2)) return true;
      if (/auto|scroll/.test(style.overflowX) && (box.right > edge.right + 2 || box.left < edge.left - 2)) return true;
    }
    return false;
  };
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || !visible(element) || isForEars(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width > 2 && box.height > 2 && !isScrolledAway(element, box)) texts.push({ element, box, words: brief(node.data) });
    }
  }

  // Cut: by what hides what runs over it. What scrolls shows it in time.
  const hides = (overflow) => overflow === "hidden" || overflow === "clip";
  for (const { element, box, words } of texts) {
    for (let outer = element; outer && outer !== document.body; outer = outer.parentElement) {
      const style = getComputedStyle(outer);
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) break;
      // The name in the menu is shortened on purpose, with three dots; it stands whole within.
      if (style.textOverflow === "ellipsis" && outer.closest("header")) break;
      const edge = outer.getBoundingClientRect();
      const across = hides(style.overflowX) && (box.right > edge.right + 2 || box.left < edge.left - 2);
      const down = hides(style.overflowY) && (box.bottom > edge.bottom + 4 || box.top < edge.top - 4);
      if (across || down) faults.push(`“${words}” is cut by ${name(outer)}`);
    }
    if (box.right < 0 || box.left < -2) faults.push(`“${words}” begins left of the window`);
  }

  // Over another: more than a third of the lower one, and not what floats above by intent.
  const floats = (element) => {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      if (/absolute|fixed|sticky/.test(getComputedStyle(one).position)) return true;
    }
    return false;
  };
  const still = texts.filter(({ element }) => !floats(element)).sort((a, b) => a.box.top - b.box.top);
  still.forEach((one, index) => {
    for (const other of still.slice(index + 1)) {
      if (other.box.top >= one.box.bottom) break;
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
      if (wide > 3 && high > Math.min(one.box.height, other.box.height) / 3) {
        faults.push(`“${one.words}” and “${other.words}” lie over each other`);
      }
    }
  });

  // A button or a cell whose own words don't fit.
  for (const element of document.querySelectorAll("main button, main .btn, main .badge, header a, header button")) {
    if (visible(element) && !isForEars(element) && element.scrollWidth > element.clientWidth + 2
        && getComputedStyle(element).display !== "inline") {
      faults.push(`the words of ${name(element)} “${brief(element.textContent)}” do not fit`);
    }
  }
  return [...new Set(faults)];
}
