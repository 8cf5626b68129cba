"""The proof page: whether a file or a code is the portal's. Nothing that is sent is kept. docs/proof.md."""

import re
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cxc.access.guards import public
from cxc.access.rate_limits import seconds_to_wait
from exchanges.queries.proof import NOT_OURS, Proof, proof_of_code, proof_of_file, proof_of_hash
from public.forms import CodeForm, FileForm

SHA256 = re.compile(r"[0-9a-fA-F]{64}")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: HttpRequest) -> HttpResponse:
    """By a file that is sent, by the hash that the browser has made of one, or by a code."""
    if request.method == "POST":
        return _by_file(request, FileForm(request.POST, request.FILES))
    if "code" in request.GET:
        return _by_code(request, CodeForm(request.GET))
    if "sha256" in request.GET:
        return _by_hash(request, request.GET["sha256"])
    return _page(request)


def _by_file(request: HttpRequest, form: FileForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, file_form=form, status=400)
    if not _is_within("proof_file", request):
        form.add_error(None, _too_often())
        return _page(request, file_form=form, status=429)
    return _page(request, proof_of_file(form.cleaned_data["file"].read()))


def _by_code(request: HttpRequest, form: CodeForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, code_form=form, status=400)
    if not _is_within("proof_lookup", request):
        form.add_error(None, _too_often())
        return _page(request, code_form=form, status=429)
    return _page(request, proof_of_code(form.cleaned_data["code"]), code_form=form)


def _by_hash(request: HttpRequest, sha256: str) -> HttpResponse:
    if not _is_within("proof_lookup", request):
        form = FileForm({})
        form.errors.clear()
        form.add_error(None, _too_often())
        return _page(request, file_form=form, status=429)
    found = proof_of_hash(sha256) if SHA256.fullmatch(sha256) else NOT_OURS
    return _page(request, found, is_by_hash=True)


def _page(
    request: HttpRequest,
    answer: Proof | None = None,
    *,
    file_form: FileForm | None = None,
    code_form: CodeForm | None = None,
    is_by_hash: bool = False,
    status: int = 200,
) -> HttpResponse:
    """`is_by_hash`: of a file that is not known only its hash was sent, so that nothing was read on its pages."""
    context: dict[str, Any] = {
        "answer": answer,
        "file_form": file_form or FileForm(),
        "code_form": code_form or CodeForm(),
        "is_by_hash": is_by_hash,
    }
    return render(request, "public/proof.html", context, status=status)


def _is_within(limit: str, request: HttpRequest) -> bool:
    """Counts one more from this network address; whether that is still within the limit (`cxc.settings.limits`)."""
    return not seconds_to_wait(limit, str(get_adapter().get_client_ip(request)))


def _too_often() -> str:
    return _("Too many checks came from your network. Please try again in an hour.")
