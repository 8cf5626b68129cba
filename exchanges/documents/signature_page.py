"""The signature page of a sealed document, and the signed files that are attached to it.

Rule: docs/rules.md, Sealing. English, whatever the screen speaks; plain values.
"""

from dataclasses import replace

from django.urls import reverse

from cxc.core import languages, links, moments
from cxc.documents import pdf
from exchanges.documents import builder, contexts, printed
from exchanges.documents.values import SignatureLine, SignaturePage, SignedFile
from exchanges.models import DocumentVersion, Signature

# What `cxc.access.confirmed_identity` calls the ways to confirm who one is.
CONFIRMED_BY = {
    "totp": "a code of an app",
    "recovery_codes": "a recovery code",
    "webauthn": "a passkey",
    "provider": "the provider that signs people in",
}


def sealed_content(version: DocumentVersion) -> contexts.SignedContext:
    """What the version prints, with its signatures filled in."""
    content: contexts.SignedContext = printed.of_version(version)
    blocks = builder.with_signatures(content.signatures, version.valid_signatures())
    return replace(content, signatures=blocks)


def signature_page(version: DocumentVersion, content: contexts.SignedContext) -> SignaturePage:
    """Who has signed which file, and the files; `content` is what the version prints with its signatures."""
    with languages.english():
        lines = [
            _line(version, block, signature)
            for block, signature in builder.paired(content.signatures, version.valid_signatures())
            if signature is not None
        ]
    notes = {one.version: one.note for one in content.editorial_versions}
    files = [_signed_file(one, notes.get(one.number, "")) for one in _signed_versions(version)]
    proof_address = links.absolute(f"{reverse('proof')}?code={version.code}")
    return SignaturePage(lines=lines, files=files, proof_address=proof_address)


def attachments(version: DocumentVersion) -> list[pdf.Attachment]:
    """The files of the version and of those it follows editorially, byte for byte as they were signed."""
    return [_attachment(one) for one in _signed_versions(version)]


def _signed_versions(version: DocumentVersion) -> list[DocumentVersion]:
    return list(reversed(version.chain()))


def _line(version: DocumentVersion, block: contexts.SignatureBlock, signature: Signature) -> SignatureLine:
    numbers = {one.pk: one.number for one in version.chain()}
    return SignatureLine(
        block=block,
        recorded=moments.moment_text(signature.entered_at, version.exchange.visit.time_zone),
        proof=_proof(signature),
        version=numbers[signature.version_id],
        sha256=signature.sha256,
    )


def _proof(signature: Signature) -> str:
    if signature.confirmed_at is not None:
        when = moments.moment_text(signature.confirmed_at, "UTC")
        return f"Identity confirmed by {CONFIRMED_BY.get(signature.confirmed_by, signature.confirmed_by)}, {when}"
    return f"Certificate of {signature.subject}, issued by {signature.issuer}" if signature.issuer else ""


def _signed_file(version: DocumentVersion, note: str) -> SignedFile:
    assert version.pdf is not None  # nothing is sealed before
    return SignedFile(name=version.file_name, version=version.number, sha256=version.pdf.sha256, note=note)


def _attachment(version: DocumentVersion) -> pdf.Attachment:
    assert version.pdf is not None
    with version.pdf.file.open("rb") as file:
        content = file.read()
    return pdf.Attachment(
        name=version.file_name,
        description=f"{version.reference}, version {version.number}, as it was signed",
        content=content,
        dated=builder.local_day(version.made_at, version.exchange),
    )
