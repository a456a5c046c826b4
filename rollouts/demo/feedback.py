"""What staff of the demo's organisations say of their IT, who was answered, and one promise."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from feedback.models import Post, Thread, Topic, Voice
from feedback.services.answering import role_of
from feedback.services.attaching import put_beside
from feedback.services.counting import recount
from feedback.services.own_facts import OwnFacts, attach
from feedback.services.promising import commit
from feedback.services.taxonomy import topics_of
from feedback.vocabulary import Frequency, ShownAs, ThreadKind, ThreadStatus
from fleet.models import Device, StaffMember
from fleet.services.working_days import working_days_after
from rollouts.demo.chance import chance_of
from rollouts.demo.pictures import START_UP_ALT, start_up_screen
from rollouts.demo.stage import Stage


class Said(NamedTuple):
    """`days` ago; `people` affected, who lose `minutes` each time. `answer`: days later, status and words."""

    days: int
    topic: str
    title: str
    body: str
    people: int
    minutes: int = 0
    frequency: str = Frequency.DAILY
    kind: str = ThreadKind.PROBLEM
    answer: tuple[int, str, str] | None = None
    replies: tuple[str, ...] = ()


DONE, PLANNED, BUSY = ThreadStatus.DONE, ThreadStatus.PLANNED, ThreadStatus.IN_PROGRESS
REVENUE = (
    Said(
        63,
        "Sign-in and start-up time",
        "Nine minutes from the switch to the first keystroke",
        "I time it every morning. On days with a restart I lose it twice.",
        41,
        9,
        answer=(12, PLANNED, "Machines of before 2017 are replaced first; the list by office follows."),
        replies=("Same in our office, with the same model.", "Ours went down to two after the swap."),
    ),
    Said(
        48,
        "Browser too old",
        "The tribunal service’s site refuses our browser",
        "I print at home and bring the papers in.",
        23,
        15,
        Frequency.WEEKLY,
        answer=(9, BUSY, "The newer browser is rolled out office by office."),
    ),
    Said(
        35,
        "Remote access",
        "Touchdown sites: the token is refused until the third try",
        "On visits I need the case file before the meeting begins, not after it.",
        17,
        10,
        Frequency.WEEKLY,
        replies=("Try the back-up address in the meantime.",),
    ),
    Said(
        30,
        "Storage",
        "Saving to the shared drive stalls in the afternoon",
        "Between two and four it takes minutes to save a spreadsheet.",
        29,
        12,
    ),
    Said(
        26,
        "Installation day",
        "New laptop on Friday, no printer on Monday",
        "The installers had gone. It was Wednesday before we could print.",
        8,
        60,
        Frequency.ONCE,
        answer=(3, DONE, "A checklist is gone through with each team before the installers leave."),
    ),
    Said(
        20,
        "Assistive technology",
        "My speech software does not start on the new machine",
        "I cannot use a mouse. Until it works I dictate to a colleague.",
        1,
        180,
    ),
    Said(15, "Hardware age", "The battery lasts half an hour", "I look for a socket before a chair.", 14, 5),
    Said(
        6,
        "Training",
        "A short film on the tablet would have saved me a morning",
        "Five minutes before the hand-over, not a course three weeks later.",
        11,
        kind=ThreadKind.IDEA,
    ),
    Said(
        4,
        "Support",
        "Whoever answered the phone in Leeds on Tuesday: thank you",
        "She stayed on the line until it worked.",
        3,
        kind=ThreadKind.PRAISE,
    ),
)
SHIRE = (
    Said(
        40,
        "E-mail",
        "Committee papers do not open on the phone",
        "The attachment opens only on the laptop at Shire Hall.",
        5,
        10,
        Frequency.WEEKLY,
        answer=(8, DONE, "Papers are published in a format that the phone reads."),
    ),
    Said(
        22,
        "Network and Wi-Fi",
        "No signal in the Market House",
        "I walk across the square to take a call.",
        4,
        5,
    ),
    Said(
        9,
        "Training",
        "Half an hour on the phone, together",
        "We would learn more from each other than from a leaflet.",
        6,
        kind=ThreadKind.IDEA,
    ),
)
# A promise to the first thread: devices that have left the systems which fall out of support.
PROMISE = "Every Windows machine runs a system that is still supported"


def give_feedback(stage: Stage, said: tuple[Said, ...]) -> None:
    """In the caller's transaction: threads, voices with their facts, official responses and a promise."""
    stage.progress.step("Feedback")
    topics = {topic.name: topic for topic in topics_of(stage.organisation)}
    crowd = _crowd(stage, max(one.people for one in said))
    threads = [_raise(stage, one, topics, crowd) for one in said]
    recount(thread.pk for thread in threads)
    if said[0].topic == "Sign-in and start-up time":
        put_beside(post=threads[0].opening, picture=start_up_screen(), alt=START_UP_ALT)
    _promise(stage, threads[0])


def _crowd(stage: Stage, count: int) -> list[OwnFacts]:
    """People at work, each with a device that they hold."""
    devices = Device.objects.in_use().filter(organisation=stage.organisation, holder__isnull=False)
    held = list(devices.select_related("holder__site", "model").order_by("asset_tag")[: count * 7 : 7])
    return [OwnFacts(device.holder, device, "") for device in held]


def _raise(stage: Stage, said: Said, topics: dict[str, Topic], crowd: list[OwnFacts]) -> Thread:
    at = stage.now - dt.timedelta(days=said.days)
    organisation = stage.organisation
    thread = Thread.objects.create(
        organisation=organisation,
        kind=said.kind,
        title=said.title,
        topic=topics[said.topic],
        raised_at=at,
        status_at=at,
        due_on=working_days_after(at.date(), 20, organisation.bank_holidays),
        is_severe=said.topic == "Assistive technology",
    )
    chosen = chance_of(f"feedback {said.title}").sample(crowd, min(said.people, len(crowd)))
    names = [facts.staff_member for facts in chosen if facts.staff_member]
    opening = _post(thread, names[0], said.body, at, is_opening=True)
    for number, words in enumerate(said.replies, start=1):
        _post(thread, names[number], words, at + dt.timedelta(days=number), parent=opening)
    if said.answer:
        _answer(stage, thread, said.answer, opening)
    Voice.objects.bulk_create(_voices(thread, said, chosen, at.date()))
    return thread


def _post(
    thread: Thread,
    by: StaffMember,
    words: str,
    at: dt.datetime,
    *,
    parent: Post | None = None,
    is_opening: bool = False,
) -> Post:
    return Post.objects.create(
        thread=thread,
        parent=parent,
        is_opening=is_opening,
        author_name=by.name,
        author_role=by.job_role,
        body=words,
        posted_at=at,
    )


def _answer(stage: Stage, thread: Thread, answer: tuple[int, str, str], opening: Post) -> None:
    after, status, words = answer
    lead, at = stage.users["technology-lead"], (opening.posted_at or stage.now) + dt.timedelta(days=after)
    Post.objects.create(
        thread=thread,
        parent=opening,
        author=lead,
        is_official=True,
        role_name=role_of(lead, stage.organisation),
        body=words,
        posted_at=at,
    )
    thread.status, thread.status_at, thread.owner = status, at, lead
    if status != DONE:
        thread.next_update_on = working_days_after(stage.today, 5, stage.organisation.bank_holidays)
    thread.save()


def _voices(thread: Thread, said: Said, chosen: list[OwnFacts], day: dt.date) -> list[Voice]:
    found = []
    for number, facts in enumerate(chosen):
        voice = Voice(
            thread=thread,
            shown_as=ShownAs.NAME,
            author_name=facts.staff_member.name if facts.staff_member else "",
            is_author=number == 0,
            joined_on=min(day + dt.timedelta(days=number // 3), timezone.localdate()),
            minutes_a_day=said.minutes or None,
            frequency=said.frequency if said.minutes else "",
        )
        attach(voice, facts)
        found.append(voice)
    return found


def _promise(stage: Stage, thread: Thread) -> None:
    """The system that somewhat more than half of the Windows machines have by now is everybody's by then."""
    windows = Device.objects.in_use().filter(organisation=stage.organisation, platform="windows")
    versions = list(windows.exclude(os_version="").order_by("-os_key").values_list("os_version", flat=True))
    if not versions or versions[0] == versions[-1]:
        return
    newest_of_most = versions[len(versions) * 6 // 10]
    target = versions[0] if newest_of_most == versions[-1] else newest_of_most
    commit(
        thread=thread,
        by=stage.users["technology-lead"],
        text=PROMISE,
        measure="os",
        parameters={"platform": "windows", "version": target},
        target_percent=Decimal(100),
        due_on=stage.today + dt.timedelta(days=120),
    )
