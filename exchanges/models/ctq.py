"""The Commitment to Quality: a shared part on the visit, an own part on each exchange."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Optional

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cxc import clock
from cxc.ground.moves import Moving, Refused, Stale, move, state_constraint, state_field
from exchanges.enums import CTQ_PARTIES, PartState, Party
from exchanges.models.exchange import Exchange
from exchanges.models.sides import HO, HOP, LEAD, OF_EXCHANGE, OF_VISIT, PORTAL, SO, VO, VOP
from exchanges.models.visit import Visit
from exchanges.requirements import papers as p

DRAFT, READY, VALIDATED, RETURNED, SIGNED = PartState


class Part(Moving):
    """What both parts share: versions and texts.

    `version` is the one being written or standing; `validated_version` the last that was
    validated (0: none yet). `row_version` guards against two people writing at once.
    """

    TEXTS: ClassVar[dict[str, Any]] = {}

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    validated_version = models.PositiveIntegerField(default=0, editable=False)
    comments = models.TextField(_("comments of the Support Office"), blank=True, editable=False)
    ready_at = models.DateTimeField(null=True, blank=True, editable=False)
    validated_at = models.DateTimeField(null=True, blank=True, editable=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def take_texts(self, version_read: int, fields: Mapping[str, Any]) -> None:
        """Take over an edit; Stale, with both texts, when somebody saved since `version_read`.

        A part that was returned without being revised stands on a validated version: writing in it
        begins the next.
        """
        if version_read != self.row_version:
            raise Stale(self, fields)
        unknown = set(fields) - set(self.TEXTS)
        if unknown:
            raise TypeError(f"Not to be edited here: {sorted(unknown)}")
        if any(getattr(self, name) != value for name, value in fields.items()):
            self.next_version()
        for name, value in fields.items():
            setattr(self, name, value)
        self.row_version += 1

    def next_version(self) -> None:
        """Begin a new version, unless the present one was never validated."""
        if self.validated_version == self.version:
            self.version += 1
        self.validated_at = None

    def stand_validated(self) -> None:
        self.validated_version = self.version
        self.validated_at = self.moment
        self.comments = ""


class SharedPart(Part):
    """The part of the CTQ that all exchanges of a visit share; the agenda hangs on the visit."""

    parties: ClassVar = OF_VISIT
    seen_by: ClassVar = {"see": (VO, HO, VOP, HOP, LEAD, SO), "history": (VO, HO, VOP, HOP, LEAD, SO)}
    locks_first: ClassVar = ("visit",)

    TEXTS: ClassVar = {
        "goals": _("goals"),
        "mutual_learning": _("mutual learning"),
        "learning_between_visitors": _("learning between visitors"),
        "feedback_time": _("feedback time after each visit"),
        "external_event": _("external event"),
    }

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="shared_part")
    state = state_field(PartState, DRAFT)
    goals = models.TextField(_("goals"), blank=True)
    mutual_learning = models.TextField(_("mutual learning"), blank=True)
    learning_between_visitors = models.TextField(_("learning between visitors"), blank=True)
    feedback_time = models.TextField(_("feedback time after each visit"), blank=True)
    external_event = models.TextField(_("external event"), blank=True)
    is_editorial = models.BooleanField(_("editorial version"), default=False, editable=False)
    # The last version that was validated as more than editorial: signatures on an earlier one are void.
    substance_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("shared part of the CTQ")
        verbose_name_plural = _("shared parts of the CTQ")
        constraints: ClassVar = [state_constraint("shared_part_state_exists", PartState)]

    def __str__(self) -> str:
        return f"CTQ, {self.visit}"

    def get_absolute_url(self) -> str:
        return f"{self.visit.get_absolute_url()}#ctq"

    def gaps(self) -> list[str]:
        """What is still to be filled in before the Support Office sees it."""
        needed = ["goals", "mutual_learning", "feedback_time"]
        if self.visit.is_grouped:
            needed.append("learning_between_visitors")
        gaps = [str(self.TEXTS[name]) for name in needed if not getattr(self, name)]
        return [*gaps, *self._agenda_gaps()]

    def _agenda_gaps(self) -> list[str]:
        days = set(self.visit.agenda_items.values_list("day", flat=True))
        if not days:
            return [str(_("the agenda"))]
        outside = [day for day in sorted(days) if not self.visit.first_day <= day <= self.visit.last_day]
        return [str(_("the agenda within the visit's dates (%(day)s is not)") % {"day": day}) for day in outside]

    @move(
        state,
        label=_("Create"),
        source=DRAFT,
        birth=True,
        who=(PORTAL,),
        quiet=True,
    )
    def create(self) -> None: ...

    @move(
        state,
        label=_("Edit the shared part"),
        source=(DRAFT, RETURNED),
        who=(LEAD, HO),
        requires=(p.visit_unlocked,),
        quiet=True,
        button=False,
    )
    def edit(self, *, version_read: int, fields: Mapping[str, Any]) -> None:
        """Texts by name; an agenda edit comes with no texts and moves the row's version too."""
        self.take_texts(version_read, fields)

    @move(
        state,
        label=_("Remark on the shared part"),
        source=tuple(PartState),
        who=(VOP, HOP, LEAD, HO, VO, SO),
        requires=(p.visit_unlocked,),
        quiet=True,
        button=False,
    )
    def remark(self, *, text: str) -> None:
        actor = self.ask.actor
        assert actor.user is not None  # every side that may is a person's
        self.remarks.create(by_user=actor.user, body_label=actor.label, text=text, made_at=self.moment)

    @move(
        state,
        label=_("Change what was validated: begin a new version"),
        source=VALIDATED,
        target=DRAFT,
        who=(LEAD, HO, PORTAL),
        requires=(p.visit_unlocked,),
    )
    def revise(self) -> dict[str, int]:
        self.next_version()
        return {"version": self.version}

    @move(
        state,
        label=_("Ready for validation"),
        source=(DRAFT, RETURNED),
        target=READY,
        who=(LEAD,),
        requires=(p.visit_in_preparation, p.visit_unlocked, p.shared_complete),
    )
    def submit(self) -> None:
        self.ready_at = self.moment

    @move(state, label=_("Validate"), source=READY, target=VALIDATED, who=(SO,), requires=(p.visit_in_preparation,))
    def validate(self) -> dict[str, int]:
        self.is_editorial = False
        self.substance_version = self.version
        self.stand_validated()
        return {"version": self.version}

    @move(
        state,
        label=_("Validate as an editorial version: signatures stay"),
        source=READY,
        target=VALIDATED,
        who=(SO,),
        requires=(p.visit_in_preparation, p.validated_before),
    )
    def validate_as_editorial(self) -> dict[str, int]:
        self.is_editorial = True
        self.stand_validated()
        return {"version": self.version}

    @move(
        state,
        label=_("Return with comments"),
        source=READY,
        target=RETURNED,
        who=(SO,),
        reason=True,
        requires=(p.visit_unlocked,),
    )
    def send_back(self) -> None:
        self.comments = self.ask.reason


class SharedPartComment(models.Model):
    """What another Partnership or a party of the visit remarks on the shared part."""

    shared_part = models.ForeignKey(SharedPart, on_delete=models.CASCADE, related_name="remarks")
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body_label = models.CharField(max_length=300)
    text = models.TextField(_("remark"))
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering: ClassVar = ["made_at"]

    def __str__(self) -> str:
        return f"{self.body_label}: {self.text[:60]}"


class OwnPart(Part):
    """The part of the CTQ that is one exchange's own."""

    parties: ClassVar = OF_EXCHANGE
    seen_by: ClassVar = {"see": (VO, HO, VOP, HOP, SO), "history": (VO, HO, VOP, HOP, SO)}
    locks_first: ClassVar = ("exchange",)

    TEXTS: ClassVar = {
        "objectives": _("objectives"),
        "outcomes": _("expected outcomes"),
        "follow_up": _("follow-up"),
        "follow_up_months": _("follow-up after months"),
        "responsibilities": _("responsibilities"),
    }

    exchange = models.OneToOneField(Exchange, on_delete=models.CASCADE, related_name="own_part")
    state = state_field(PartState, DRAFT)
    objectives = models.TextField(_("objectives"), blank=True)
    outcomes = models.TextField(_("expected outcomes"), blank=True)
    follow_up = models.TextField(_("follow-up"), blank=True)
    follow_up_months = models.PositiveSmallIntegerField(
        _("follow-up after months"), default=6, validators=[MinValueValidator(2), MaxValueValidator(12)]
    )
    responsibilities = models.TextField(_("responsibilities"), blank=True)

    class Meta:
        verbose_name = _("own part of the CTQ")
        verbose_name_plural = _("own parts of the CTQ")
        constraints: ClassVar = [
            state_constraint("own_part_state_exists", PartState),
            models.CheckConstraint(
                condition=models.Q(follow_up_months__gte=2, follow_up_months__lte=12),
                name="follow_up_in_2_to_12_months",
            ),
        ]

    def __str__(self) -> str:
        return f"CTQ {self.exchange.reference}"

    def get_absolute_url(self) -> str:
        return f"{self.exchange.get_absolute_url()}#ctq"

    def gaps(self) -> list[str]:
        needed = ("objectives", "outcomes", "follow_up", "responsibilities")
        return [str(self.TEXTS[name]) for name in needed if not getattr(self, name)]

    @property
    def current_version(self) -> Optional["CtqVersion"]:
        """The version made last of both parts."""
        return self.exchange.ctq_versions.order_by("-number").first()

    def missing_signature_labels(self) -> list[str]:
        """The parties that have not signed the version that stands."""
        version = self.current_version
        signed = version.signed_parties() if version and version.own_version == self.version else set()
        return [str(Party(party).label) for party in CTQ_PARTIES if party not in signed]

    @property
    def signed_at(self) -> datetime | None:
        """When the last signature came in; None while it is not signed."""
        if self.state != SIGNED or self.current_version is None:
            return None
        return self.current_version.completed_at()

    @move(state, label=_("Create"), source=DRAFT, birth=True, who=(PORTAL,), quiet=True)
    def create(self) -> None: ...

    @move(
        state,
        label=_("Edit the own part"),
        source=(DRAFT, RETURNED),
        who=(VO, VOP),
        requires=(p.exchange_building,),
        quiet=True,
        button=False,
    )
    def edit(self, *, version_read: int, fields: Mapping[str, Any]) -> None:
        self.take_texts(version_read, fields)
        if not 2 <= self.follow_up_months <= 12:
            raise Refused(str(_("The follow-up is after 2 to 12 months.")))

    @move(
        state,
        label=_("Change what was validated: begin a new version"),
        source=(VALIDATED, SIGNED),
        target=DRAFT,
        who=(VO, VOP, PORTAL),
        requires=(p.exchange_building,),
    )
    def revise(self) -> dict[str, int]:
        self.next_version()
        return {"version": self.version}

    @move(
        state,
        label=_("Wait for the shared part's new version"),
        source=(VALIDATED, SIGNED),
        target=READY,
        who=(PORTAL,),
    )
    def wait_for_shared(self) -> None:
        self.ready_at = self.moment

    @move(
        state,
        label=_("Ready for validation"),
        source=(DRAFT, RETURNED),
        target=READY,
        who=(VOP,),
        requires=(p.exchange_in_preparation, p.own_complete, p.agreed_dates_given),
    )
    def submit(self) -> None:
        self.ready_at = self.moment

    @move(
        state,
        label=_("Validate"),
        source=READY,
        target=VALIDATED,
        who=(SO,),
        requires=(p.exchange_in_preparation, p.shared_validated),
    )
    def validate(self) -> dict[str, int]:
        self.stand_validated()
        return {"version": self.version}

    @move(
        state,
        label=_("Validate as an editorial version: signatures stay"),
        source=READY,
        target=VALIDATED,
        who=(SO,),
        requires=(p.exchange_in_preparation, p.shared_validated, p.validated_before, p.substance_kept),
    )
    def validate_as_editorial(self) -> dict[str, int]:
        self.stand_validated()
        return {"version": self.version}

    @move(
        state,
        label=_("Stay validated under an editorial version of the shared part"),
        source=READY,
        target=VALIDATED,
        who=(PORTAL,),
        requires=(p.exchange_building, p.shared_validated, p.own_unchanged, p.substance_kept),
    )
    def stay_validated(self) -> dict[str, int]:
        self.stand_validated()
        return {"version": self.version}

    @move(
        state,
        label=_("Return with comments"),
        source=READY,
        target=RETURNED,
        who=(SO,),
        reason=True,
        requires=(p.exchange_building,),
    )
    def send_back(self) -> None:
        self.comments = self.ask.reason

    @move(
        state,
        label=_("Returned with the shared part"),
        source=READY,
        target=RETURNED,
        who=(PORTAL,),
        reason=True,
    )
    def returned_with_shared(self) -> None:
        self.comments = self.ask.reason

    @move(
        state,
        label=_("Signed by all"),
        source=VALIDATED,
        target=SIGNED,
        who=(PORTAL,),
        requires=(p.all_signed,),
    )
    def complete_signatures(self) -> None: ...


class DocumentVersion(models.Model):
    """One version of a document as it was validated: its content by value, and its PDF once made.

    The content is what is printed; a later change of anything it was made from changes nothing
    here. A PDF that is stored is never made again.
    """

    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    made_at = models.DateTimeField(_("validated at"))
    pdf = models.ForeignKey("ground.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    PARTIES: ClassVar[tuple[Party, ...]] = ()
    signatures: Any

    def counting_signatures(self) -> list[Any]:
        """The signatures that count for this version."""
        return list(self.signatures.all())

    def signed_parties(self) -> set[str]:
        return {signature.party for signature in self.counting_signatures()}

    def completed_at(self) -> datetime | None:
        """When the last needed signature was entered; None while one is missing."""
        first: dict[str, datetime] = {}
        for signature in sorted(self.counting_signatures(), key=lambda s: s.entered_at):
            first.setdefault(signature.party, signature.entered_at)
        if set(self.PARTIES) - set(first):
            return None
        return max(first.values())


class CtqVersion(DocumentVersion):
    """A CTQ made of one version of the shared and one of the own part.

    An editorial version keeps the signatures of the version it follows (`follows`).
    """

    PARTIES: ClassVar = CTQ_PARTIES

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="ctq_versions")
    shared_version = models.PositiveIntegerField()
    own_version = models.PositiveIntegerField()
    is_editorial = models.BooleanField(_("editorial"), default=False)
    follows = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("CTQ version")
        verbose_name_plural = _("CTQ versions")
        ordering: ClassVar = ["exchange", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exchange", "number"], name="one_ctq_a_number"),
            models.CheckConstraint(
                condition=models.Q(is_editorial=False) | models.Q(follows__isnull=False),
                name="editorial_version_follows_another",
            ),
        ]

    def __str__(self) -> str:
        return f"CTQ {self.exchange.reference}, {_('version')} {self.number}"

    def chain(self) -> list["CtqVersion"]:
        """This version and, back to the one that was signed, those it follows editorially."""
        chain = [self]
        while chain[-1].is_editorial and chain[-1].follows is not None:
            chain.append(chain[-1].follows)
        return chain

    def counting_signatures(self) -> list[Any]:
        return [signature for version in self.chain() for signature in version.signatures.all()]
