"""The documents of an exchange that are stored: Commitment to Quality, Financial Agreement, Final Activity Report.

`kinds` declares each of them, `printed` says in plain values what it prints; `render_document` makes the PDF.
"""

from collections.abc import Sequence
from dataclasses import fields

from cxc.documents import pdf
from exchanges.documents.contexts import DocumentContext
from exchanges.documents.values import SignaturePage


def render_document(
    context: DocumentContext,
    *,
    signature_page: SignaturePage | None = None,
    attachments: Sequence[pdf.Attachment] = (),
) -> bytes:
    """The PDF of these values. Same values, same bytes; about 0.5 s, so call it in a task.

    What is sealed has a signature page and the signed files besides.
    `cxc.documents.pdf.PdfUnavailableError` when PDFs are off on this machine.
    """
    values = {field.name: getattr(context, field.name) for field in fields(context)}
    values["names_kosovo"] = "Kosovo*" in repr(context)
    values["signature_page"] = signature_page
    return pdf.render(context.template, values, attachments=attachments)
