"""What a form that saves itself into its record is told: `static/js/form-drafts.js` reads it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, JsonResponse


def is_save_by_itself(request: HttpRequest) -> bool:
    """Whether the page's script sends the form while somebody types, and no button was pressed."""
    return not request.accepts("text/html")


def saved_answer(
    at: datetime | None, *, fields: Mapping[str, Any] | None = None, parts: Mapping[str, str] | None = None
) -> JsonResponse:
    """When it was saved (UTC); None where it was not, and a part says why.

    fields  values of hidden fields from now on, by name: the version that is saved now
    parts   HTML of what stands beside the fields, by its `data-draft-part`
    """
    return JsonResponse({"at": at and at.isoformat(), "fields": dict(fields or {}), "parts": dict(parts or {})})
