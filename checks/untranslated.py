"""Every word that a person reads goes through gettext: none is left out in a template, a form or a message.

The documents are English by rule and stand apart. What a page really shows is proven by the tests in a
made-up language (`tests/languages`); this finds also what no test opens.
"""

import ast
import re
from collections.abc import Iterator

from django.template.base import Lexer, TokenType

from checks.source import ROOT, Fault, Module, full_name, imported

# English by rule: what is signed; and a tool of maintainers.
NOT_TRANSLATED = ("templates/documents/",)
NAMES = re.compile(r"\b(?:ClusterXchange|EUR|UTC|CSV|XLSX|JSON|PDF|NACE|IBAN|ECCP|SHA)\b|&[a-z]+;|&#\d+;")
TEXT_ATTRIBUTES = re.compile(
    r"""\b(?:aria-label|aria-description|title|placeholder|alt|data-label)\s*=\s*["']([^"']*[^\W\d_]{2}[^"']*)["']"""
    r"""|\bdata-(?!hx-)[a-z-]+\s*=\s*["']([^"']*[^\W\d_]{2}\s[^"']*)["']"""
)
# {% include "x.html" with title="Some words" %}: what is given to a part has to be given translated.
GIVEN = re.compile(r"""\b[a-z_]+=["']([^"']*\s[^"']*)["']""")
WORD = re.compile(r"[^\W\d_]{2,}")

# Calls whose first text a person reads, and arguments that a person reads in any call.
TEXT_CALLS = {
    *(f"django.contrib.messages.{level}" for level in ("success", "info", "warning", "error")),
    "django.core.exceptions.ValidationError",
    "django.forms.ValidationError",
    "cxc.workflow.Refused",
    "cxc.workflow.UnmetRequirement",
}
TEXT_ARGUMENTS = {"label", "help_text", "verbose_name", "verbose_name_plural", "empty_label", "short_description"}


def check_templates() -> Iterator[Fault]:
    """Words of templates that stand outside translations."""
    for path in sorted((ROOT / "templates").rglob("*")):
        relative = str(path.relative_to(ROOT))
        if path.suffix in {".html", ".txt"} and not relative.startswith(NOT_TRANSLATED):
            yield from check_template(relative, path.read_text())


def check_template(path: str, text: str) -> Iterator[Fault]:
    """Untranslated words of one template."""
    left = _outside_translations(text)
    for found in TEXT_ATTRIBUTES.finditer(left):
        words = found[1] or found[2]
        if WORD.search(NAMES.sub("", words)):
            yield Fault(path, left.count("\n", 0, found.start()) + 1, f"words outside gettext: {words.strip()}")
    for token in Lexer(text).tokenize():
        if token.token_type is TokenType.BLOCK and token.contents.startswith(("include ", "with ")):
            for words in filter(WORD.search, GIVEN.findall(token.contents)):
                yield Fault(path, token.lineno or 1, f"words outside gettext: {words}")
    shown = re.sub(
        r"<!--.*?-->|<code\s*>.*?</code\s*>|<[^>]*>", lambda tag: "\n" * tag[0].count("\n"), left, flags=re.DOTALL
    )
    for number, line in enumerate(shown.splitlines(), start=1):
        if WORD.search(NAMES.sub("", line)):
            yield Fault(path, number, f"words outside gettext: {line.strip()}")


def _outside_translations(text: str) -> str:
    """The template's own text, lines kept, without its tags, its comments and what {% blocktranslate %} holds."""
    kept, within = [], ""
    for token in Lexer(text).tokenize():
        word = token.contents.partition(" ")[0] if token.token_type is TokenType.BLOCK else ""
        if word in {"blocktranslate", "blocktrans", "comment"}:
            within = f"end{word}"
        elif word == within:
            within = ""
        own = token.token_type is TokenType.TEXT and not within
        kept.append(token.contents if own else "\n" * token.contents.count("\n"))
    return "".join(kept)


def check_module(module: Module) -> Iterator[Fault]:
    """Texts in calls whose texts a person reads."""
    if "/migrations/" in module.path:  # their words are the models'
        return
    names = imported(module)
    for node in module.nodes:
        if not isinstance(node, ast.Call):
            continue
        texts = [word.value for word in node.keywords if word.arg in TEXT_ARGUMENTS]
        if full_name(node.func, names) in TEXT_CALLS:
            texts += node.args
        for text in texts:
            if _is_words(text) and not module.is_excused(node, "not translated"):
                yield Fault(module.path, text.lineno, f"words outside gettext: {ast.unparse(text)}")


def _is_words(node: ast.expr) -> bool:
    """A literal text, or one with values in it, that holds a word."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) and bool(WORD.search(NAMES.sub("", part.value)))
        for part in parts
    )
