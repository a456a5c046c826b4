"""Whether a mapping says enough for a switch, and filling it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.db import transaction
from django.db.models import Q

from fleet.errors import Conflict
from fleet.models import Approval, Classification, ClassificationMapping, SchemeSwitch
from fleet.models.assurance import ApprovalQuerySet
from fleet.services import facts
from fleet.services.schemes.following import FOLLOWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a classification becomes, and whether approvals for it carry over (`Carrying`)."""

    becomes: Classification
    approvals: str
    note: str = ""


def mapping_of(switch: SchemeSwitch) -> dict[int, ClassificationMapping]:
    """Classification id → its mapping."""
    rows = ClassificationMapping.objects.of(switch).select_related("classification", "becomes")
    return {row.classification_id: row for row in rows}


def in_use(switch: SchemeSwitch) -> dict[int, dict[str, int]]:
    """Classification id → how many of each follower, and `approvals` that hold on the day or later."""
    counts = {key: follower.counts(switch) for key, follower in FOLLOWERS.items()}
    held: dict[int, int] = {}
    for pk in standing_on(switch).values_list("classification", flat=True):
        held[pk] = held.get(pk, 0) + 1
    counts["approvals"] = held
    ids = {pk for one in counts.values() for pk in one}
    return {pk: {key: one.get(pk, 0) for key, one in counts.items()} for pk in ids}


def standing_on(switch: SchemeSwitch) -> ApprovalQuerySet:
    """The approvals of the old scheme that the day finds in force, or to come."""
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=switch.switches_on)
    return Approval.objects.standing().filter(
        lasting, organisation=switch.organisation_id, classification__scheme=switch.from_scheme_id
    )


def problems(switch: SchemeSwitch) -> list[str]:
    """What has to be put right before the switch can take place, in sentences."""
    return list(_problems(switch))


def _problems(switch: SchemeSwitch) -> Iterator[str]:
    mapping, used = mapping_of(switch), in_use(switch)
    ladder = Classification.objects.filter(scheme=switch.from_scheme_id)
    missing = [str(one) for one in ladder if one.pk in used and one.pk not in mapping]
    if missing:
        yield (
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} in use and "
            f"{'has' if len(missing) == 1 else 'have'} no classification in {switch.to_scheme}. "
            "Say what each becomes."
        )
    rows = [mapping[one.pk] for one in ladder if one.pk in mapping]
    for lower, higher in pairwise(rows):
        if lower.becomes.rank > higher.becomes.rank:
            yield (
                f"{higher.classification} is above {lower.classification}, but would become "
                f"{higher.becomes}, which is below {lower.becomes}. Keep the order."
            )


@transaction.atomic
def map_classifications(*, switch: SchemeSwitch, choices: Mapping[Classification, Choice | None]) -> None:
    """Store what each classification becomes; None takes a mapping out. What says the same is not touched.

    Raises Conflict where the switch is done or cancelled.
    """
    if not SchemeSwitch.objects.open().select_for_update().filter(pk=switch.pk).exists():
        raise Conflict("This switch is done or cancelled, so its mapping stays as it is.")
    known = mapping_of(switch)
    for classification, choice in choices.items():
        row = known.get(classification.pk)
        if choice is None:
            if row:
                row.delete()
        elif row is None or (row.becomes, row.approvals, row.note) != (
            choice.becomes,
            choice.approvals,
            choice.note,
        ):
            _store(switch, classification, choice, row)
    facts.announce(organisation_id=switch.organisation_id, device_ids=None, staff_ids=None)


@transaction.atomic
def unmap(*, mapping: ClassificationMapping) -> None:
    """Take a mapping out."""
    mapping.delete()
    facts.announce(organisation_id=mapping.organisation_id, device_ids=None, staff_ids=None)


def _store(
    switch: SchemeSwitch,
    classification: Classification,
    choice: Choice,
    row: ClassificationMapping | None,
) -> None:
    row = row or ClassificationMapping(organisation_id=switch.organisation_id, classification=classification)
    row.becomes, row.approvals, row.note = choice.becomes, choice.approvals, choice.note
    row.save()
