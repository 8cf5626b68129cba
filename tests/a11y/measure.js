/* What one can measure on the page that is open: asked by tests/a11y/page_checks.py. Returns plain values. */
async () => {
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const called = (element) => {
    const id = element.id ? `#${element.id}` : "";
    const classes = [...element.classList].map((name) => `.${name}`).join("");
    return `${element.tagName.toLowerCase()}${id}${classes} “${element.textContent.trim().slice(0, 40)}”`;
  };

  /* The part of a box that no ancestor clips; null where nothing is left. */
  const visiblePart = (box, element) => {
    let { left, top, right, bottom } = box;
    for (let up = element; up && up !== document.documentElement; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const frame = up.getBoundingClientRect();
      [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
      [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
    }
    return right - left > 1 && bottom - top > 1 ? { left, top, right, bottom } : null;
  };

  const cut = [...document.body.querySelectorAll("*")].filter((element) => {
    const style = getComputedStyle(element);
    if (!element.textContent.trim() || element.clientWidth < 3 || element.closest("svg, select") || !shown(element)) return false;
    const sideways = ["hidden", "clip"].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
    const below = ["hidden", "clip"].includes(style.overflowY) && element.scrollHeight > element.clientHeight + 2;
    return sideways || below;
  }).map(called);

  // What stays at the window's edge while the page scrolls lies over what is under it, by intent.
  const stays = (element) => {
    for (let up = element; up && up !== document.body; up = up.parentElement) {
      if (/sticky|fixed/.test(getComputedStyle(up).position)) return true;
    }
    return false;
  };
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("svg, select, option, script, style, noscript") || !shown(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const part = box.width > 2 && box.height > 2 ? visiblePart(box, element) : null;
      if (part) lines.push({ ...part, element });
    }
  }
  lines.sort((one, other) => one.top - other.top);
  const overlapping = new Set();
  lines.forEach((one, index) => {
    for (let next = index + 1; next < lines.length && lines[next].top < one.bottom - 4; next += 1) {
      const other = lines[next];
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - other.top;
      if (wide > 3 && high > 4 && one.element !== other.element && stays(one.element) === stays(other.element)) {
        overlapping.add(`${called(one.element)} and ${called(other.element)}`);
      }
    }
  });

  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  // The mark stands in the header and in the tab: somebody's first visit fetches it once, a switched off cache twice.
  const loads = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const asked = new Map(loads.filter(({ name }) => !name.startsWith("data:")).map(({ name, transferSize }) => [name, transferSize]));
  const moved = new Set();
  const shift = await new Promise((resolve) => {
    let sum = 0;
    const add = (entries) => entries.forEach((entry) => {
      sum += entry.value;
      entry.sources.forEach(({ node }) => node && moved.add(called(node.parentElement ?? node)));
    });
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    setTimeout(() => { add(observer.takeRecords()); resolve(sum); }, 30);
  });
  return {
    cut,
    overlapping: [...overlapping],
    sideways: document.documentElement.scrollWidth - window.innerWidth,
    twice: ids.filter((id, index) => ids.indexOf(id) !== index),
    requests: asked.size,
    bytes: [...asked.values()].reduce((sum, size) => sum + size, 0),
    shift,
    moved: [...moved],
  };
}
