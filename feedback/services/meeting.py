"""Sessions in person: announced, signed up for, cancelled, and what was said there raised as threads."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from feedback.models import FeedbackPolicy, Gathering, SignUp, Thread, Topic
from feedback.services.raising import raise_thread
from feedback.vocabulary import ShownAs, ThreadKind
from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Organisation, User
from fleet.services import mail

PERMISSION = "feedback.respond"


def check_announces(by: User, organisation: Organisation) -> None:
    """Raises Forbidden."""
    if not by.access.may(PERMISSION, organisation_id=organisation.pk):
        raise Forbidden("Your roles do not let you announce sessions here.")


@transaction.atomic
def save_gathering(*, gathering: Gathering, by: User) -> bool:
    """Announces or changes a session; whether it is at another time or place, as those who come must know.

    Raises Forbidden, Conflict once it was cancelled or is over, and Invalid with the field.
    """
    check_announces(by, gathering.organisation)
    before = Gathering.objects.select_for_update().filter(pk=gathering.pk).first()
    if before and (before.cancelled_at or before.ends_at <= timezone.now()):
        raise Conflict("This session is cancelled or over. Announce another.")
    _check(gathering)
    gathering.led_by = gathering.led_by or by
    gathering.save()
    return before is not None and _where_and_when(before) != _where_and_when(gathering)


def _where_and_when(gathering: Gathering) -> tuple[object, ...]:
    return gathering.starts_at, gathering.ends_at, gathering.site_id, gathering.place


def _check(gathering: Gathering) -> None:
    if gathering.ends_at <= gathering.starts_at:
        raise Invalid("It must end after it starts", field="ends_at")
    if gathering.ends_at <= timezone.now():
        raise Invalid("It must end in the future: what is over needs no announcement", field="ends_at")
    if gathering.site is None and not gathering.place:
        raise Invalid("Select a site, or enter the address", field="place")
    if gathering.site and gathering.site.organisation_id != gathering.organisation_id:
        raise Invalid(f"Choose a site of {gathering.organisation}", field="site")
    signed_up = gathering.sign_ups.count() if gathering.pk else 0
    if gathering.places is not None and gathering.places < max(signed_up, 1):
        raise Invalid(
            f"{signed_up} have signed up already. Give at least so many places"
            if signed_up
            else "Give a place",
            field="places",
        )


@transaction.atomic
def cancel_gathering(*, gathering: Gathering, by: User, because: str) -> None:
    """It stays readable with the reason. Raises Forbidden, Invalid (field `because`) and Conflict."""
    check_announces(by, gathering.organisation)
    if not because.strip():
        raise Invalid("Say why it is cancelled: whoever signed up reads this", field="because")
    to_come = Gathering.objects.to_come().filter(pk=gathering.pk)
    if not to_come.update(cancelled_at=timezone.now(), cancelled_because=because.strip()):
        raise Conflict("This session is cancelled or over already.")
    gathering.refresh_from_db()


@transaction.atomic
def sign_up(*, gathering: Gathering, by: User) -> SignUp:
    """Raises Forbidden, and Conflict where it is full, over or cancelled, or one has signed up."""
    if not by.access.may("feedback.post", organisation_id=gathering.organisation_id):
        raise Forbidden("Your roles do not let you sign up here.")
    locked = Gathering.objects.to_come().select_for_update().filter(pk=gathering.pk).first()
    if locked is None:
        raise Conflict("This session is cancelled or over.")
    if locked.places is not None and locked.sign_ups.count() >= locked.places:
        raise Conflict("Every place is taken. Look again: somebody may withdraw.")
    try:
        with transaction.atomic():
            return SignUp.objects.create(gathering=locked, user=by)
    except IntegrityError as error:
        raise Conflict("You have signed up already.") from error


@transaction.atomic
def withdraw(*, gathering: Gathering, by: User) -> None:
    """Raises Conflict where one has not signed up, or it is over."""
    is_over = gathering.ends_at <= timezone.now()
    if is_over or not SignUp.objects.filter(gathering=gathering, user=by).delete()[0]:
        raise Conflict("You have not signed up, or the session is over.")


@transaction.atomic
def note(
    *,
    gathering: Gathering,
    by: User,
    title: str,
    body: str,
    kind: str = ThreadKind.PROBLEM,
    topic: Topic | None = None,
) -> Thread:
    """What was said in a session, as a thread that anybody can join, under the name or role of who writes it.

    Raises Forbidden, Conflict before it begins or where it was cancelled, and Invalid with the field.
    """
    check_announces(by, gathering.organisation)
    if gathering.cancelled_at or gathering.starts_at > timezone.now():
        raise Conflict("Notes are written once the session has begun.")
    ways = FeedbackPolicy.of(gathering.organisation).ways_to_be_shown
    shown_as = ShownAs.ROLE if ShownAs.ROLE in ways else ShownAs.NAME
    thread = raise_thread(
        organisation=gathering.organisation,
        by=by,
        title=title,
        body=body,
        kind=kind,
        topic=topic,
        shown_as=shown_as,
    )
    gathering.threads.add(thread)
    return thread


def tell(sign_up_id: int) -> None:
    """Mails one who signed up what the session is now: cancelled, or at another time or place.

    Raises MailNotSent.
    """
    found = SignUp.objects.select_related("user", "gathering__organisation", "gathering__site")
    signed_up = found.filter(pk=sign_up_id, user__is_active=True).first()
    if signed_up is None or not mail.is_sent():
        return
    gathering = signed_up.gathering
    mail.send(
        "gathering",
        to=signed_up.user.email,
        organisation=gathering.organisation,
        gathering=gathering,
        url=mail.address(reverse("feedback:gathering-detail", args=[gathering.pk])),
    )
