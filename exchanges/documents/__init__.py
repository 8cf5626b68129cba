"""The three documents of an exchange: Commitment to Quality, Financial Agreement, Final Activity Report.

`contexts` says in plain values what each prints; `render_document` makes the PDF of one.
"""

from dataclasses import fields

from cxc.documents import pdf
from exchanges.documents.contexts import CtqContext, FaContext, FarContext

DocumentContext = CtqContext | FaContext | FarContext


def render_document(context: DocumentContext) -> bytes:
    """The PDF of that version. Same values, same bytes; about 0.5 s, so call it in a task.

    `cxc.documents.pdf.PdfUnavailableError` when PDFs are off on this machine.
    """
    values = {field.name: getattr(context, field.name) for field in fields(context)}
    values["names_kosovo"] = "Kosovo*" in repr(context)
    return pdf.render(context.template, values)
