import pytest

from tests.a11y.nesting import unclosed_elements


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<main><p>One</p><br><img src='a'></main>", []),
        ("<svg><path d='m0'/></svg>", []),
        ("<ul><li>One</ul>", ["line 1: </ul> inside <li> of line 1"]),
        ("<p>One\n<b>two</p>", ["line 2: </p> inside <b> of line 2"]),
        ("<div>", ["line 1: <div> stays open"]),
        ("</div>", ["line 1: </div> inside <nothing> of line 0"]),
        ("<p id='a' id='b'></p>", ["line 1: <p> has id twice"]),
    ],
)
def test_what_stays_open_is_said(html: str, said: list[str]) -> None:
    assert unclosed_elements(html) == said
