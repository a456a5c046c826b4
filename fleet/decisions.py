"""What facts ask of a person today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils import timezone

from fleet.models import (
    Approval,
    Contract,
    Discrepancy,
    IdentityConflict,
    Import,
    MdmSource,
    Organisation,
    User,
)
from fleet.services.grants import last_day_of
from fleet.vocabulary import ContractState, DiscrepancyKind, DiscrepancyState, ImportStatus
from fleet.web import text
from fleet.web.decisions import Decision

APPROVAL_NOTICE = dt.timedelta(days=60)
MOST_FILES = 10
FILE_ASKS: dict[str, str] = {
    ImportStatus.NAMING: "Say what the columns mean",
    ImportStatus.CHECKED: "Confirm or discard",
    ImportStatus.FAILED: "See why it failed, and try again or discard it",
}


def empty_registers(user: User) -> Iterator[Decision]:
    """Organisations of which nothing is known yet, for those who may bring it in."""
    where = user.access.whole_organisation_ids("people.change")
    organisations = Organisation.objects.filter(pk__in=sorted(where), staff=None, devices=None, sites=None)
    for organisation in organisations if where else ():
        yield Decision(
            what=f"Bring in the sites, staff and devices of {organisation}",
            why="Nothing is known of it yet. Start from your own spreadsheets: sites first, then staff.",
            url=reverse("fleet:import-kinds"),
        )


def approvals_running_out(user: User) -> Iterator[Decision]:
    """Approvals in force that end within 60 days, for those who record them."""
    today = timezone.localdate()
    mine = Approval.objects.in_force(today).filter(user.access.scope("assurance.change", sites=()))
    for approval in mine.filter(valid_until__lte=today + APPROVAL_NOTICE).select_related("classification"):
        yield Decision(
            what=f"Renew the approval of {approval}",
            why=f"{approval.authority} approved it until {approval.valid_until:%-d %B %Y}.",
            url=reverse("fleet:approval-detail", args=[approval.pk]),
            due_on=approval.valid_until,
        )


def contracts_to_decide(user: User) -> Iterator[Decision]:
    """Contracts whose notice is due within 60 days or was, and those that renewed themselves."""
    mine: Any = Contract.objects.awaiting_decision().filter(user.access.scope("contracts.change", sites=()))
    for contract in mine:
        has_renewed = contract.state == ContractState.RENEWED
        yield Decision(
            what=f"Record until when {contract} runs now"
            if has_renewed
            else f"Give notice or renew: {contract}",
            why=f"It {_how_it_ends(contract)} {contract.ends_on:%-d %B %Y}.",
            url=reverse("fleet:contract-detail", args=[contract.pk]),
            due_on=contract.ends_on if has_renewed else contract.notice_by,
        )


def _how_it_ends(contract: Any) -> str:
    if contract.state == ContractState.RENEWED:
        return "renewed itself after"
    return "renews itself after" if contract.renews_itself else "ends on"


def devices_of_leavers(user: User) -> Iterator[Decision]:
    """Devices that people who have left still hold, for those who take devices back."""
    mine: Any = Discrepancy.objects.filter(user.access.scope("custody.record")).with_state()
    held = mine.filter(kind=DiscrepancyKind.LEAVER, state=DiscrepancyState.OPEN)
    found = held.aggregate(n=Count("pk"), pence=Sum("pence_at_stake"))
    if found["n"]:
        worth = f" They cost {text.pounds(found['pence'])}." if found["pence"] else ""
        yield Decision(
            what=f"Take back {text.counted(found['n'], 'device')} from people who have left",
            why=f"Their last day is past, and the register still says that they hold them.{worth}",
            url=f"{reverse('fleet:discrepancy-list')}?kind={DiscrepancyKind.LEAVER}&state=open",
        )


def conflicts_open(user: User) -> Iterator[Decision]:
    """Records that wait until somebody says which device they are about; others who see MDM are told."""
    mine = user.access.scope("mdm.manage", sites=())
    visible = IdentityConflict.objects.open().filter(user.access.scope("mdm.view", sites=()))
    if count := visible.filter(mine).count():
        yield _conflicts(
            f"Decide {_counted(count)}",
            "Records that name more than one device are held until somebody says which they are about.",
        )
    if count := visible.exclude(mine).count():
        yield _conflicts(
            f"{_counted(count)} {'waits' if count == 1 else 'wait'} for an MDM administrator",
            "Until they say which device each record is about, what the MDM tells of it is not taken in.",
        )


def _counted(conflicts: int) -> str:
    return f"{conflicts:,} MDM conflict{'' if conflicts == 1 else 's'}"


def _conflicts(what: str, why: str) -> Decision:
    return Decision(what=what, why=why, url=f"{reverse('fleet:conflict-list')}?status=open")


def sources_in_trouble(user: User) -> Iterator[Decision]:
    """Sources that are silent for too long, and those whose deliveries failed."""
    mine: Any = MdmSource.objects.filter(user.access.scope("mdm.manage", sites=()))
    for source in mine.with_health():
        if source.is_silent(source.last_delivery_at):
            since = source.last_delivery_at or source.created_at
            yield Decision(
                what=f"Find out why {source} is silent",
                why=f"Nothing has arrived since {text.moment(since)}.",
                url=reverse("fleet:source-detail", args=[source.pk]),
            )
        if source.failed:
            yield Decision(
                what=f"Retry what failed of {source}",
                why=f"{source.failed:,} of its deliveries could not be applied.",
                url=f"{reverse('fleet:delivery-list')}?source={source.slug}&status=failed",
            )


def files_waiting(user: User) -> Iterator[Decision]:
    """Files that wait for whoever may decide on them: what a system sent, and what one brought in oneself."""
    theirs = Import.objects.to_decide(user).filter(Q(made_by=None) | Q(made_by=user))
    for file in theirs.defer("content").order_by("made_at")[:MOST_FILES]:
        yield Decision(
            what=f"{FILE_ASKS[file.status]}: {file.file_name}",
            why=f"It came in {text.moment(file.made_at)}. {_why_waiting(file)}",
            url=reverse("fleet:import-detail", args=[file.pk]),
        )


def _why_waiting(file: Import) -> str:
    if file.status == ImportStatus.FAILED:
        return file.error
    return "It changes nothing until then."


def tokens_running_out(user: User) -> Iterator[Decision]:
    """One's own personal tokens that stop working within 14 days."""
    for token in user.api_tokens.expiring():
        last_day = last_day_of(token.expires_at)
        yield Decision(
            what=f"Replace your API token for {token.name}",
            why=f"It stops working after {last_day:%-d %B %Y}. Make another, and revoke this one.",
            url=reverse("fleet:api-token-list"),
            due_on=last_day,
        )
