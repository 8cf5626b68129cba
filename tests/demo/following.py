"""Follows the links of the portal as one person."""

import re
from collections import Counter, deque

from django.test import Client
from django.urls import resolve

LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#?]*(?:\?[^"#]*)?)')
# The libraries' own pages, and PDFs, which are made on demand.
NOT_FOLLOWED = ("/support-office/", "/account/", "/static/", "/documents/")


def broken_links(client: Client, start: str, a_view: int) -> dict[str, str]:
    """Each link that leads to no page, with the page it stands on; so many addresses of one view are opened."""
    broken: dict[str, str] = {}
    opened: Counter[str] = Counter()
    seen, waiting = {start}, deque([(start, "")])
    while waiting:
        address, page = waiting.popleft()
        answer = client.get(address)
        if answer.status_code not in {200, 302}:
            broken[f"{address} ({answer.status_code})"] = page
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        for found in LINK.findall(answer.content.decode()):
            link = found.replace("&amp;", "&")
            if link in seen or link.startswith(NOT_FOLLOWED):
                continue
            seen.add(link)
            view = resolve(link.partition("?")[0]).view_name
            opened[view] += 1
            if opened[view] <= a_view:
                waiting.append((link, address))
    return broken
