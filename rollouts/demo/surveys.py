"""What the demo's staff were asked: two waves of one survey, one that is open; and a session in person."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from feedback.models import Answer, Gathering, Invitee, Question, Sheet, SignUp, Survey
from feedback.questionnaires import Asked, questionnaire_of
from feedback.services.surveying.opening import survey_people
from feedback.vocabulary import Audience, GatheringKind, InviteeState, SurveyState
from fleet.models import Site, StaffMember
from rollouts.demo.chance import chance_of, shares
from rollouts.demo.stage import Stage

# Of 100 who were asked: answered, declined, did not answer.
RESPONSE = (58, 6, 36)


class Wave(NamedTuple):
    """Ended so many `days` ago. `chosen`: of 100 answers to “What would most improve your work?”."""

    days: int
    chosen: tuple[int, ...]


WAVES = (Wave(190, (45, 15, 9, 13, 6, 5, 5, 2)), Wave(6, (33, 17, 10, 9, 8, 10, 8, 5)))
WRITTEN = (
    "Start with the oldest laptops: they take nine minutes every morning.",
    "The network in the afternoon. Saving a file should not take a tea break.",
    "A second screen. I print to compare two documents.",
    "Nothing new until what we have works.",
    "The same printer on Monday as on Friday.",
    "Tell us when ours are replaced, even if it is next year.",
)
MOST_ASKED = 400


def ask_people(stage: Stage) -> None:
    """In the caller's transaction."""
    stage.progress.step("Surveys")
    staff = list(
        StaffMember.objects.active_on(stage.today)
        .filter(organisation=stage.organisation)
        .order_by("staff_number")
        .values_list("pk", "site")
    )
    chance = chance_of(f"surveys {stage.organisation.code}")
    series = UUID(int=chance.getrandbits(128), version=4)
    for wave in WAVES:
        asked = chance.sample(staff, min(MOST_ASKED, len(staff)))
        _closed(stage, series, wave, [site for _, site in asked], chance)
    _open(stage, chance.sample(staff, min(60, len(staff))), chance)
    _session(stage)


def _closed(stage: Stage, series: UUID, wave: Wave, sites: list[int | None], chance: Random) -> None:
    begun = questionnaire_of("improve")
    survey = Survey.objects.create(
        organisation=stage.organisation,
        title=begun.title,
        introduction=begun.introduction,
        series=series,
        audience=Audience.SAMPLE,
        sample_size=len(sites),
        opens_on=stage.today - dt.timedelta(days=wave.days + 14),
        closes_on=stage.today - dt.timedelta(days=wave.days),
        state=SurveyState.CLOSED,
        made_by=stage.users["technology-lead"],
    )
    questions = [_question(survey, number, asked) for number, asked in enumerate(begun.questions, start=1)]
    counts = shares(len(sites), RESPONSE)
    states = (InviteeState.ANSWERED, InviteeState.DECLINED, InviteeState.EXPIRED)
    Invitee.objects.bulk_create(
        Invitee(survey=survey, state=state, token_digest=f"{survey.pk}-{number}-{state}")
        for state, count in zip(states, counts, strict=True)
        for number in range(count)
    )
    sheets = Sheet.objects.bulk_create(
        Sheet(id=UUID(int=chance.getrandbits(128), version=4), survey=survey, site_id=site)
        for site in sites[: counts[0]]
    )
    chosen = [at for at, count in enumerate(shares(counts[0], wave.chosen)) for _ in range(count)]
    chance.shuffle(chosen)
    single, written = questions
    Answer.objects.bulk_create(
        Answer(sheet=sheet, question=single, options=[at]) for sheet, at in zip(sheets, chosen, strict=True)
    )
    Answer.objects.bulk_create(
        Answer(sheet=sheet, question=written, text=words)
        for sheet, words in zip(chance.sample(sheets, min(len(WRITTEN), len(sheets))), WRITTEN, strict=False)
    )


def _question(survey: Survey, number: int, asked: Asked) -> Question:
    """The same key in each wave."""
    key = UUID(int=survey.series.int ^ number, version=4)
    return Question.objects.create(
        survey=survey,
        number=number,
        key=key,
        kind=asked.kind,
        text=asked.text,
        options=list(asked.options),
        is_required=asked.is_required,
    )


def _open(stage: Stage, asked: list[tuple[int, int | None]], chance: Random) -> None:
    """A pulse among some people, and whoever has an account; some have answered."""
    begun = questionnaire_of("pulse")
    here = StaffMember.objects.filter(organisation=stage.organisation)
    staff = here.filter(pk__in=[pk for pk, _ in asked]) | here.filter(user__isnull=False)
    survey = survey_people(
        organisation=stage.organisation,
        by=stage.users["technology-lead"],
        staff=staff,
        title=begun.title,
        introduction=begun.introduction,
        questions=begun.questions,
        closes_on=stage.today + dt.timedelta(days=10),
        purpose="People who got a new device",
    )
    answered = survey.invitees.filter(staff_member__user=None).order_by("pk")[: len(asked) // 3]
    Invitee.objects.filter(pk__in=answered.values("pk")).update(state=InviteeState.ANSWERED)
    sheets = Sheet.objects.bulk_create(
        Sheet(id=UUID(int=chance.getrandbits(128), version=4), survey=survey) for _ in range(len(asked) // 3)
    )
    Answer.objects.bulk_create(
        Answer(sheet=sheet, question=question, number=chance.choice((2, 3, 3, 4, 4, 4, 5)))
        for question in survey.questions.all()
        for sheet in sheets
    )


def _session(stage: Stage) -> None:
    day = stage.today + dt.timedelta(days=12)
    starts_at = timezone.make_aware(dt.datetime.combine(day, dt.time(10)))
    gathering = Gathering.objects.create(
        organisation=stage.organisation,
        kind=GatheringKind.SURGERY,
        title="Bring what does not work",
        about="Ten minutes each with an engineer. What cannot be mended there is written down and followed.",
        site=Site.objects.filter(organisation=stage.organisation).open_on(day).order_by("code").first(),
        place="Ground floor, by the canteen",
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=2),
        places=12,
        led_by=stage.users["technology-lead"],
    )
    for role in ("staff", "engineer"):
        SignUp.objects.create(gathering=gathering, user=stage.users[role])
