"""A factory for each model of feedback."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import factory
from django.utils import timezone

from feedback import models
from feedback.vocabulary import CommitmentState, FeedbackImportStatus, QuestionKind, QueueVerb, SurveyState
from tests.factories import ModelFactory, OrganisationFactory, SiteFactory, StaffMemberFactory, UserFactory
from tests.feedback.pictures import screenshot


class FeedbackPolicyFactory(ModelFactory[models.FeedbackPolicy]):
    class Meta:
        model = models.FeedbackPolicy
        django_get_or_create = ("organisation",)

    organisation = factory.SubFactory(OrganisationFactory)


class TopicFactory(ModelFactory[models.Topic]):
    class Meta:
        model = models.Topic
        django_get_or_create = ("organisation", "name")

    organisation = factory.SubFactory(OrganisationFactory)
    name = "Sign-in and start-up time"
    synonyms = ("log in", "start up")


class FeedbackImportFactory(ModelFactory[models.FeedbackImport]):
    class Meta:
        model = models.FeedbackImport

    class Params:
        applied = factory.Trait(
            status=FeedbackImportStatus.APPLIED, content=None, decided_at=factory.LazyFunction(timezone.now)
        )

    organisation = factory.SubFactory(OrganisationFactory)
    source = "A public blog"
    name = "comments.csv"
    content = b"id,body\n1,It takes nine minutes to start.\n"
    digest = factory.LazyAttribute(lambda o: hashlib.sha256(o.content or b"").hexdigest())


class ThreadFactory(ModelFactory[models.Thread]):
    """A thread alone; `tests.feedback.conftest.raised` makes one as people do, with post and voice."""

    class Meta:
        model = models.Thread

    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"It takes nine minutes to start, again ({n})")
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=20))


class PostFactory(ModelFactory[models.Post]):
    class Meta:
        model = models.Post

    class Params:
        official = factory.Trait(is_official=True, is_opening=False, role_name="Technology lead")

    thread = factory.SubFactory(ThreadFactory)
    author = factory.SubFactory(UserFactory)
    body = "From switching on to working takes nine minutes, four times a morning."


class VoiceFactory(ModelFactory[models.Voice]):
    class Meta:
        model = models.Voice

    thread = factory.SubFactory(ThreadFactory)
    author = factory.SubFactory(UserFactory)
    minutes_a_day = 9
    frequency = "daily"


class AttachmentFactory(ModelFactory[models.Attachment]):
    class Meta:
        model = models.Attachment

    post = factory.SubFactory(PostFactory)
    alt = "A black screen"
    content = screenshot(40, 30)
    media_type = "image/png"
    width = 40
    height = 30
    digest = factory.LazyFunction(lambda: uuid4().hex * 2)


class CommitmentFactory(ModelFactory[models.Commitment]):
    class Meta:
        model = models.Commitment

    class Params:
        kept = factory.Trait(state=CommitmentState.KEPT, decided_on=factory.LazyFunction(timezone.localdate))

    organisation = factory.SelfAttribute("thread.organisation")
    thread = factory.SubFactory(ThreadFactory)
    text = "Everybody has a browser that the sites they need support"
    measure = "os"
    parameters = factory.LazyFunction(lambda: {"platform": "windows", "version": "10.0.22631"})
    target_percent = Decimal(100)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))


class CommitmentReadingFactory(ModelFactory[models.CommitmentReading]):
    class Meta:
        model = models.CommitmentReading

    commitment = factory.SubFactory(CommitmentFactory)
    day = factory.LazyFunction(timezone.localdate)
    part = 81
    whole = 100


class SurveyFactory(ModelFactory[models.Survey]):
    class Meta:
        model = models.Survey

    class Params:
        opened = factory.Trait(
            state=SurveyState.OPEN,
            opens_on=factory.LazyFunction(timezone.localdate),
            closes_on=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14)),
        )

    organisation = factory.SubFactory(OrganisationFactory)
    title = "What would most improve your work?"


class QuestionFactory(ModelFactory[models.Question]):
    class Meta:
        model = models.Question

    survey = factory.SubFactory(SurveyFactory)
    number = factory.Sequence(lambda n: n + 1)
    kind = QuestionKind.SINGLE
    text = "What would most improve your work?"
    options = ("Better equipment", "Faster network", "Training")


class InviteeFactory(ModelFactory[models.Invitee]):
    class Meta:
        model = models.Invitee

    survey = factory.SubFactory(SurveyFactory, opened=True)
    staff_member = factory.SubFactory(StaffMemberFactory)
    token_digest = factory.LazyFunction(lambda: uuid4().hex * 2)


class SheetFactory(ModelFactory[models.Sheet]):
    class Meta:
        model = models.Sheet

    survey = factory.SubFactory(SurveyFactory, opened=True)


class AnswerFactory(ModelFactory[models.Answer]):
    class Meta:
        model = models.Answer

    sheet = factory.SubFactory(SheetFactory)
    question = factory.SubFactory(QuestionFactory, survey=factory.SelfAttribute("..sheet.survey"))
    options = (0,)


class GatheringFactory(ModelFactory[models.Gathering]):
    class Meta:
        model = models.Gathering

    organisation = factory.SubFactory(OrganisationFactory)
    title = "Bring your laptop"
    site = factory.SubFactory(SiteFactory)
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=1))


class SignUpFactory(ModelFactory[models.SignUp]):
    class Meta:
        model = models.SignUp

    gathering = factory.SubFactory(GatheringFactory)
    user = factory.SubFactory(UserFactory)


class QueueChangeFactory(ModelFactory[models.QueueChange]):
    class Meta:
        model = models.QueueChange

    organisation = factory.SubFactory(OrganisationFactory)
    verb = QueueVerb.ACKNOWLEDGE
    words = "Acknowledged"
    threads = 1
    made_by = factory.SubFactory(UserFactory)
