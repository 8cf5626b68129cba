"""A signatory passes a document to a colleague, who may sign it for the same body. Rule: docs/signing.md."""

from django.utils.translation import gettext as _

from cxc.access.scoped import Actor
from cxc.workflow import NotAllowed, Refused, perform
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.documents.kinds import document_of
from exchanges.enums import Party
from exchanges.models import DocumentVersion
from exchanges.services import signing_mails
from exchanges.services.signatures import party_signed_for
from profiles.models import User
from profiles.queries.signatories import people_who_may_sign


def colleagues(version: DocumentVersion, party: Party, actor: Actor) -> list[User]:
    """The other people who may sign for the body of the party, and have not."""
    others = [person for person in people_who_may_sign(version.exchange.body_of(party)) if person != actor.user]
    return [person for person in others if not version.is_signed_by(person.pk)]


def pass_on(version: DocumentVersion, colleague: User, *, by: Actor) -> None:
    """Ask a colleague to sign instead: the event says whom, and the colleague gets a mail with a link.

    NotAllowed for who may not sign; Refused where the colleague may not, or the version is not in force.
    """
    document = document_of(version.kind)
    party, record = party_signed_for(version, by), document.record_of(version.exchange)
    if party is None or record is None:
        raise NotAllowed(_("Only those who may sign for one of the parties can pass this document to a colleague."))
    if colleague not in colleagues(version, party, by):
        raise Refused(_("Choose a colleague who may sign for the same organisation or Partnership."))
    with unit_of_work():
        perform(record, "pass_on", by=by, colleague=colleague.pk)
        if document.version_in_force(record.exchange) != version:
            raise Refused(_("It was replaced by a later version: sign that one."))
        signing_mails.passed_on(version, party, colleague, by=by)
