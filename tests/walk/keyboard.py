"""A window without a mouse: all is done by Tab, Shift-Tab, Enter, Space, arrows and typing."""

from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator

from tests.walk.window import Window, option

# Whether the focus is where a person sees it: on something, inside the window, and marked.
_SEEN = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return "lost";
  const box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const near = at.labels && at.labels[0] ? [at, at.labels[0], at.parentElement] : [at];
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const marked = near.some((one) => {
    const look = getComputedStyle(one);
    return (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none";
  });
  if (!inside) return "outside the window";
  return marked ? "" : "not marked";
}"""
_IS_AT = "element => element === document.activeElement"
_IS_BEHIND = """element => {
  const at = document.activeElement;
  return at !== document.body && Boolean(at.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING);
}"""
_WHERE = "() => document.activeElement.outerHTML.slice(0, 120)"
MOST_TABS = 300
PATIENT_LOOKS = 10


class KeyboardWindow(Window):
    """Each stop of the focus is looked at: it is never lost, hidden or unmarked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # From now on each choosing of a file is caught; a browser that is told only as Space goes down may be late.
        self.page.on("filechooser", lambda _chooser: None)

    # --- going about ----------------------------------------------------------------------------

    def _activate(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    # --- filling in -----------------------------------------------------------------------------

    def _put(self, field: Locator, value: Any) -> None:
        kind = field.evaluate("element => element.tagName === 'SELECT' ? 'select' : element.type")
        if isinstance(value, dict | Path):
            self._choose_file(field, value)
        elif kind in {"checkbox", "radio"}:
            self._check(field)
        elif kind == "select":
            self._choose(field, str(value))
        elif kind == "date":
            self._type_date(field, date.fromisoformat(str(value)))
        else:
            self._type(field, str(value))

    def _check(self, field: Locator) -> None:
        if not field.is_checked():
            self.reach(field)
            self.page.keyboard.press("Space")
        assert field.is_checked()

    def _choose(self, field: Locator, wanted: str) -> None:
        value = option(field, wanted)
        self.reach(field)
        steps = field.evaluate(
            "(element, value) => [...element.options].findIndex(one => one.value === value) - element.selectedIndex",
            value,
        )
        for _step in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        assert field.input_value() == value

    def _choose_file(self, field: Locator, file: Any) -> None:
        self.reach(field)
        with self.page.expect_file_chooser() as opened:
            self.page.keyboard.press("Space")
        opened.value.set_files(file)

    def _type_date(self, field: Locator, day: date) -> None:
        """Into the three parts of a date field, in the order of the browser's language."""
        self.reach(field)
        self.page.keyboard.type(f"{day:%d%m%Y}")
        assert field.input_value() == day.isoformat()

    def _type(self, field: Locator, words: str) -> None:
        self.reach(field)
        if field.input_value():
            self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)
        assert field.evaluate(_IS_AT), f"the focus has left the field while typing: {self.page.evaluate(_WHERE)}"

    # --- the focus --------------------------------------------------------------------------------

    def reach(self, target: Locator) -> None:
        """Move the focus there, forwards or back, and look at each stop."""
        target.wait_for(state="attached")
        key = "Shift+Tab" if target.evaluate(_IS_BEHIND) else "Tab"
        lost = 0  # once is fair: where the page ends and begins again
        for _tab in range(MOST_TABS):
            if target.evaluate(_IS_AT):
                return
            self.page.keyboard.press(key)
            fault = self._focus_fault()
            lost += fault == "lost"
            fine = fault == "" or (fault == "lost" and lost == 1)
            assert fine, f"the focus is {fault} on {self.page.url}: {self.page.evaluate(_WHERE)}"
        raise AssertionError(f"{target} is not reached by {MOST_TABS} × {key} on {self.page.url}")

    def _focus_fault(self) -> str:
        """What is wrong with where the focus is; what only comes into sight softly is waited for."""
        for _look in range(PATIENT_LOOKS):
            fault: str = self.page.evaluate(_SEEN)
            if fault not in {"outside the window", "not marked"}:
                break
            self.page.wait_for_timeout(100)
        return fault
