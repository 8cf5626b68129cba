"""Follows the links of the portal as one person, and reads what the pages say."""

import re
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from django.test import Client
from django.urls import resolve

from tests.languages import pseudo
from tests.languages.untranslated import Data, untranslated_texts

LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#?]*(?:\?[^"#]*)?)')
# The libraries' own pages, and PDFs, which are made on demand.
NOT_FOLLOWED = ("/support-office/", "/account/", "/static/", "/documents/", "/statistics.pdf")


@dataclass
class LinkFaults:
    """Each link that leads to no page, and each text left out of the translations, with a page it stands on."""

    broken: dict[str, str] = field(default_factory=dict)
    untranslated: dict[str, str] = field(default_factory=dict)


Read = Callable[[str, str], object]


def check_links(client: Client, start: str, per_view: int, data: Data, read: Read) -> LinkFaults:
    """What is wrong with the pages reached from here; so many addresses of one view are opened.

    The portal speaks the made-up language meanwhile (`tests.languages.pseudo`). `read` gets the address and the HTML
    of each page.
    """
    with pseudo.active():
        return _check_links(client, start, per_view, data, read)


def _check_links(client: Client, start: str, per_view: int, data: Data, read: Read) -> LinkFaults:
    result = LinkFaults()
    opened: Counter[str] = Counter()
    seen, waiting = {start}, deque([(start, "")])
    while waiting:
        address, page = waiting.popleft()
        answer = client.get(address)
        if answer.status_code not in {200, 302}:
            result.broken[f"{address} ({answer.status_code})"] = page
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        html = answer.content.decode()
        read(address, html)
        result.untranslated |= dict.fromkeys(untranslated_texts(html, data), address)
        for found in LINK.findall(html):
            link = found.replace("&amp;", "&")
            if link in seen or link.startswith(NOT_FOLLOWED):
                continue
            seen.add(link)
            view = resolve(link.partition("?")[0]).view_name
            opened[view] += 1
            if opened[view] <= per_view:
                waiting.append((link, address))
    return result
