"""Pulse surveys: what is asked, who was asked, and what was answered, which need not know one another."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils import timezone

from feedback.vocabulary import Audience, InviteeState, QuestionKind, SurveyState
from fleet.history import tracked
from fleet.models import Organisation, Site, StaffMember
from fleet.models.constraints import in_order, one_of
from fleet.models.counts import count_of

if TYPE_CHECKING:
    from fleet.models import User


class SurveyQuerySet(models.QuerySet["Survey"]):
    def visible_to(self, user: User) -> SurveyQuerySet:
        """Those whose results a role shows; drafts to those who make surveys."""
        seen = user.access.scope("surveys.view", sites=())
        return self.filter(user.access.scope("surveys.manage") | (seen & ~Q(state=SurveyState.DRAFT)))

    def managed_by(self, user: User) -> SurveyQuerySet:
        return self.filter(user.access.scope("surveys.manage"))

    def answerable_on(self, day: dt.date) -> SurveyQuerySet:
        return self.filter(state=SurveyState.OPEN, opens_on__lte=day, closes_on__gte=day)

    def over_on(self, day: dt.date) -> SurveyQuerySet:
        """Still open though their last day has passed."""
        return self.filter(state=SurveyState.OPEN, closes_on__lt=day)

    def with_response(self) -> SurveyQuerySet:
        """Adds `asked` and `answered`, how many people."""
        found = Invitee.objects.order_by()
        return self.annotate(
            asked=count_of(found, survey=OuterRef("pk")),
            answered=count_of(found.filter(state=InviteeState.ANSWERED), survey=OuterRef("pk")),
        )


@tracked()
class Survey(models.Model):
    """One wave. `series` is shared by the waves of one survey, whose results are charted together.

    With `is_anonymous`, an answer sheet knows neither who filled it nor when, and the invitee only that it
    was, until the survey is closed: then it forgets whom it asked.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="surveys")
    title = models.CharField(max_length=150)
    introduction = models.TextField(blank=True)
    series = models.UUIDField(default=uuid.uuid4, editable=False)
    is_anonymous = models.BooleanField("anonymous", default=True)
    audience = models.CharField("who is asked", max_length=10, choices=Audience, default=Audience.EVERYBODY)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sample_size = models.PositiveIntegerField("how many", null=True, blank=True)
    opens_on = models.DateField("opens", null=True, blank=True)
    closes_on = models.DateField("last day", null=True, blank=True)
    state = models.CharField(max_length=10, choices=SurveyState, default=SurveyState.DRAFT)
    # Since when those who have not answered are to be mailed once more.
    reminded_at = models.DateTimeField("reminded", null=True, blank=True)
    # Why the app above asks these people: "tranche", "trial" and a label that it chose.
    purpose = models.CharField(max_length=200, blank=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            one_of("audience", Audience, name="survey_audience"),
            one_of("state", SurveyState, name="survey_state"),
            in_order("opens_on", "closes_on", name="survey_closes_after_opening"),
            models.CheckConstraint(
                condition=Q(state=SurveyState.DRAFT) | Q(opens_on__isnull=False, closes_on__isnull=False),
                name="survey_open_has_days",
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.SAMPLE) | Q(sample_size__gte=1), name="survey_sample_has_size"
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.SITE) | Q(site__isnull=False), name="survey_site_is_named"
            ),
        ]
        indexes = [
            # waves of one survey
            models.Index(fields=["series", "opens_on"], name="survey_waves"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_answerable(self) -> bool:
        today = timezone.localdate()
        known = self.opens_on is not None and self.closes_on is not None
        return self.state == SurveyState.OPEN and known and self.opens_on <= today <= self.closes_on  # type: ignore[operator]

    @property
    def shows_results(self) -> bool:
        """Of an anonymous survey nothing is shown before its end: two looks would tell who came between."""
        return self.state == SurveyState.CLOSED or (self.state == SurveyState.OPEN and not self.is_anonymous)


@tracked()
class Question(models.Model):
    """`options` are of the choices; a scale runs from 1 to `scale_to`, between the words of its ends.

    `key` is the same in each wave, so that results can be held against one another.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=QuestionKind, default=QuestionKind.SINGLE)
    text = models.CharField("question", max_length=300)
    options = ArrayField(models.CharField(max_length=150), default=list, blank=True)
    scale_to = models.PositiveSmallIntegerField(default=5)
    lowest = models.CharField("what 1 means", max_length=60, blank=True)
    highest = models.CharField("what the highest means", max_length=60, blank=True)
    is_required = models.BooleanField("must be answered", default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            one_of("kind", QuestionKind, name="question_kind"),
            models.UniqueConstraint(
                fields=["survey", "number"], name="question_number", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["survey", "key"], name="question_key"),
            models.CheckConstraint(
                condition=~Q(kind__in=["single", "multiple"]) | Q(options__len__gte=2),
                name="question_choice_has_options",
            ),
            models.CheckConstraint(
                condition=Q(scale_to__gte=3, scale_to__lte=10), name="question_scale_from_3_to_10"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class InviteeQuerySet(models.QuerySet["Invitee"]):
    def of(self, user: User) -> InviteeQuerySet:
        """What this account's person was asked."""
        return self.filter(staff_member__user=user)

    def waiting(self) -> InviteeQuerySet:
        """Those who can answer today and have not."""
        return self.filter(
            state=InviteeState.ASKED, survey__in=Survey.objects.answerable_on(timezone.localdate())
        )

    def to_mail(self) -> InviteeQuerySet:
        """Of those, whoever has an address and was not told, or is to be reminded."""
        has_address = Q(staff_member__isnull=False) & ~Q(staff_member__email="")
        is_to_be_reminded = Q(reminded_at=None, told_at__lt=F("survey__reminded_at"))
        return self.waiting().filter(has_address, Q(told_at=None) | is_to_be_reminded)


class Invitee(models.Model):
    """Somebody who was asked. `token` is in the link that they were sent; only its digest is kept.

    When they answered is kept of surveys alone that are not anonymous.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitees")
    staff_member = models.ForeignKey(
        StaffMember, null=True, on_delete=models.SET_NULL, related_name="survey_invitations"
    )
    token_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=InviteeState, default=InviteeState.ASKED)
    told_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = InviteeQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("state", InviteeState, name="invitee_state"),
            models.UniqueConstraint(fields=["survey", "staff_member"], name="invitee_once"),
        ]
        indexes = [
            # what waits for one's own answer
            models.Index(fields=["staff_member"], condition=Q(state="asked"), name="invitee_asked"),
        ]

    def __str__(self) -> str:
        return f"Invitee {self.pk}"


class Sheet(models.Model):
    """One filled answer sheet. Its key is random, so that its order does not tell who filled it.

    `invitee` and `filled_at` are empty where the survey is anonymous. `site` is where results are broken down
    by site, and only where that site has enough people to be among.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="sheets")
    invitee = models.OneToOneField(
        Invitee, null=True, blank=True, on_delete=models.SET_NULL, related_name="sheet"
    )
    filled_at = models.DateTimeField(null=True, blank=True)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Sheet {self.pk}"


class Answer(models.Model):
    """What a sheet says to one question: indexes of its options, a number of its scale, or a text.

    Its key is random, as its sheet's is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    options = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True, max_length=2_000)

    class Meta:
        ordering = ["sheet", "question"]
        constraints = [models.UniqueConstraint(fields=["sheet", "question"], name="answer_once")]

    def __str__(self) -> str:
        return f"Answer {self.pk}"
