"""Raising a thread, joining one, replying to it."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from feedback.models import FeedbackPolicy, Post, Thread, Topic, Voice
from feedback.models.saying import Said
from feedback.services.anonymity import keys_of
from feedback.services.attaching import attach_picture
from feedback.services.counting import announce, recount
from feedback.services.own_facts import attach, own_facts
from feedback.services.pictures import Picture
from feedback.services.policies import answer_due
from feedback.services.sending import check_readable, sent_before
from feedback.services.taxonomy import suggested, topics_of
from feedback.vocabulary import ShownAs, ThreadKind
from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Organisation, User


@transaction.atomic
def raise_thread(
    *,
    organisation: Organisation,
    by: User,
    title: str,
    body: str,
    kind: str = ThreadKind.PROBLEM,
    topic: Topic | None = None,
    suggests: bool = True,
    since_on: dt.date | None = None,
    frequency: str = "",
    minutes_a_day: int | None = None,
    shown_as: str = ShownAs.NAME,
    with_facts: bool = False,
    picture: Picture | None = None,
    alt: str = "",
) -> Thread:
    """A thread with its opening post and its author's voice; without a topic, the one that its words suggest.

    `suggests`: whether they may. `alt` says what the picture shows. What somebody sends again on the same day
    is the thread that is there. Raises Forbidden, and Invalid (field `shown_as`, `title`, `body`, `since_on`,
    `minutes_a_day`, `frequency` or `alt`).
    """
    _checked(by, organisation, shown_as)
    check_readable(title=title, body=body)
    if since_on and since_on > timezone.localdate():
        raise Invalid("Since when must be a day that has come", field="since_on")
    if sent := sent_before(organisation, by, shown_as, title, body):
        return sent
    said_at = moment(shown_as)
    thread = Thread.objects.create(
        organisation=organisation,
        kind=kind,
        title=title,
        topic=topic or (suggested(topics_of(organisation), f"{title} {body}") if suggests else None),
        since_on=since_on,
        raised_at=said_at,
        status_at=said_at,
        due_on=None if kind == ThreadKind.PRAISE else answer_due(organisation),
    )
    post = Post(thread=thread, body=body, is_opening=True, posted_at=said_at)
    _say(post, by, shown_as, picture, alt)
    _speak_up(thread, by, shown_as, frequency, minutes_a_day, with_facts=with_facts, is_author=True)
    recount([thread.pk])
    return thread


@transaction.atomic
def join_thread(
    *,
    thread: Thread,
    by: User,
    frequency: str = "",
    minutes_a_day: int | None = None,
    shown_as: str = ShownAs.NAME,
    with_facts: bool = False,
) -> None:
    """“This affects me too.” Raises Conflict where it was said before, Forbidden and Invalid."""
    _checked(by, thread.organisation, shown_as)
    if voice_of(thread, by):
        raise Conflict("You have said already that this affects you.")
    _speak_up(thread, by, shown_as, frequency, minutes_a_day, with_facts=with_facts)
    recount([thread.merged_into_id or thread.pk])
    if shown_as != ShownAs.ANONYMOUS:
        announce(thread_ids=[thread.pk])


@transaction.atomic
def change_voice(*, thread: Thread, by: User, frequency: str, minutes_a_day: int | None) -> Voice:
    """What it costs one, told anew; nothing is kept of what was told before, nor when.

    Raises Conflict where one has no voice in the thread, and Invalid (field `frequency`).
    """
    voice = voice_of(thread, by)
    if voice is None:
        raise Conflict("Say first that this affects you.")
    _tell(voice, frequency, minutes_a_day)
    voice.save(update_fields=["frequency", "minutes_a_day"])
    recount([thread.merged_into_id or thread.pk])
    return voice


@transaction.atomic
def leave_thread(*, thread: Thread, by: User) -> None:
    """It affects one no longer. Raises Conflict for whoever raised it, or has no voice in it."""
    voice = voice_of(thread, by)
    if voice is None or voice.is_author:
        raise Conflict("Only those whom it affects too can take that back.")
    voice.delete()
    recount([thread.merged_into_id or thread.pk])
    if voice.author_id:
        announce(thread_ids=[thread.pk], left_by=[voice.author_id])


@transaction.atomic
def reply(
    *,
    thread: Thread,
    by: User,
    body: str,
    parent: Post | None = None,
    shown_as: str = ShownAs.NAME,
    picture: Picture | None = None,
    alt: str = "",
) -> Post:
    """Raises Forbidden, Conflict for a thread that was merged, and Invalid (field `shown_as`, `parent` or
    `alt`)."""
    _checked(by, thread.organisation, shown_as)
    if thread.merged_into_id:
        raise Conflict("This thread was merged into another. Reply there.")
    if parent is not None and parent.thread_id != thread.pk:
        raise Invalid("Choose a post of this thread", field="parent")
    post = Post(thread=thread, parent=parent, body=body, posted_at=moment(shown_as))
    _say(post, by, shown_as, picture, alt)
    recount([thread.pk])
    return post


def moment(shown_as: str) -> dt.datetime:
    """When something is said: now, and for anonymous words the beginning of the day."""
    now = timezone.localtime()
    if shown_as == ShownAs.ANONYMOUS:
        return now.replace(hour=0, minute=0, second=0, microsecond=0)
    return now


def sign(said: Said, by: User, shown_as: str) -> None:
    """Puts under a row who says it, or what stands in their place."""
    said.shown_as = shown_as
    if shown_as == ShownAs.ANONYMOUS:
        said.author, said.author_key = None, keys_of(by)[0]
    else:
        said.author, said.author_key = by, None


def _say(post: Post, by: User, shown_as: str, picture: Picture | None, alt: str) -> None:
    sign(post, by, shown_as)
    post.save()
    if picture:
        attach_picture(post=post, by=by, picture=picture, alt=alt)


def voice_of(thread: Thread, user: User) -> Voice | None:
    """This account's voice in the thread."""
    mine = Q(author=user) | Q(author_key__in=keys_of(user))
    return Voice.objects.filter(mine, thread=thread).first()


def _checked(by: User, organisation: Organisation, shown_as: str) -> None:
    if not by.access.may("feedback.post", organisation_id=organisation.pk):
        raise Forbidden("Your roles do not let you post here.")
    policy = FeedbackPolicy.of(organisation)
    if shown_as not in policy.ways_to_be_shown:
        raise Invalid(f"{organisation} does not let people be shown in this way", field="shown_as")


def _speak_up(
    thread: Thread,
    by: User,
    shown_as: str,
    frequency: str,
    minutes_a_day: int | None,
    *,
    with_facts: bool,
    is_author: bool = False,
) -> None:
    voice = Voice(thread=thread, is_author=is_author)
    _tell(voice, frequency, minutes_a_day)
    sign(voice, by, shown_as)
    if with_facts:
        attach(voice, own_facts(by, thread.organisation))
    try:
        with transaction.atomic():
            voice.save()
    except IntegrityError as error:
        raise Conflict("You have said already that this affects you.") from error


def _tell(voice: Voice, frequency: str, minutes_a_day: int | None) -> None:
    if minutes_a_day is not None and not frequency:
        raise Invalid("Say how often it happens, so that the minutes can be added up", field="frequency")
    if minutes_a_day is not None and voice.thread.kind == ThreadKind.PRAISE:
        raise Invalid("Praise costs nobody minutes. Leave them empty", field="minutes_a_day")
    voice.frequency, voice.minutes_a_day = frequency, minutes_a_day
