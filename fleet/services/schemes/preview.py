"""What a switch changes in the register, worked out from the rows as they are. Nothing is written.

The switch itself writes from the same list, so that it cannot do other than what was shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fleet.models import Approval, Classification, ClassificationMapping, SchemeSwitch
from fleet.services.schemes.following import FOLLOWERS
from fleet.services.schemes.mapping import in_use, mapping_of, problems, standing_on
from fleet.vocabulary import Carrying, Control

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalChange:
    """One approval before and after: what it covers and until when; None where it is not mapped."""

    approval: Approval
    mapping: ClassificationMapping | None
    switches_on: dt.date

    @property
    def is_carried(self) -> bool:
        return self.mapping is not None and self.mapping.approvals != Carrying.END

    @property
    def covers(self) -> str:
        """After the switch."""
        return str(self.mapping.becomes) if self.mapping and self.is_carried else ""

    @property
    def outcome(self) -> str:
        return Carrying(self.mapping.approvals).label if self.mapping else "Not mapped"

    @property
    def starts_on(self) -> dt.date:
        """The first day on which it counts under the new scheme."""
        return max(self.approval.valid_from, self.switches_on)

    @property
    def outstanding(self) -> str:
        """What somebody has to do so that the approval counts from the day on."""
        if self.mapping is None:
            return f"Say what {self.approval.classification} becomes"
        if self.mapping.approvals == Carrying.END:
            return f"Record a new approval for {self.mapping.becomes} if it is still wanted"
        unsigned = [
            condition.name
            for condition in self.approval.conditions.all()
            if condition.control == Control.STATEMENT and condition.signed_on is None
        ]
        if self.mapping.approvals == Carrying.RENEW:
            unsigned.append(renewal_of(self.mapping))
        return f"To be signed: {'; '.join(unsigned)}" if unsigned else ""

    def as_dict(self) -> dict[str, Any]:
        approval, until = self.approval, self.approval.valid_until
        return {
            "approval": approval.pk,
            "platform": approval.get_platform_display(),
            "minimum_version": approval.minimum_version,
            "reference": approval.reference,
            "before": approval.classification.code,
            "after": self.mapping.becomes.code if self.mapping and self.is_carried else None,
            "starts_on": self.starts_on.isoformat() if self.is_carried else None,
            "valid_until": until.isoformat() if until and self.is_carried else None,
            "outcome": self.outcome,
            "conditions": [str(condition) for condition in approval.conditions.all()],
            "outstanding": self.outstanding,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationChange:
    """What a classification becomes, and how many rows of each kind name it."""

    classification: Classification
    mapping: ClassificationMapping | None
    counts: dict[str, int]

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.classification.pk,
            "classification": self.classification.code,
            "becomes": self.mapping.becomes.code if self.mapping else None,
            "approvals_carry": self.mapping.approvals if self.mapping else None,
            **self.counts,
        }


@dataclass(frozen=True, slots=True)
class Preview:
    classifications: Sequence[ClassificationChange]
    approvals: Sequence[ApprovalChange]
    problems: Sequence[str]

    def as_dict(self) -> dict[str, Any]:
        """What is kept as the report once it is done."""
        return {
            "classifications": [one.as_dict() for one in self.classifications],
            "approvals": [one.as_dict() for one in self.approvals],
        }


def renewal_of(mapping: ClassificationMapping) -> str:
    """The statement that renews an approval under the new scheme."""
    return f"The approval for {mapping.classification} holds for {mapping.becomes}"


def preview(switch: SchemeSwitch) -> Preview:
    mapping, used = mapping_of(switch), in_use(switch)
    nothing = dict.fromkeys((*FOLLOWERS, "approvals"), 0)
    ladder = Classification.objects.filter(scheme=switch.from_scheme_id).order_by("rank")
    approvals = standing_on(switch).select_related("classification").prefetch_related("conditions")
    return Preview(
        [
            ClassificationChange(
                classification=one, mapping=mapping.get(one.pk), counts=used.get(one.pk, nothing)
            )
            for one in ladder
        ],
        [
            ApprovalChange(
                approval=one, mapping=mapping.get(one.classification_id), switches_on=switch.switches_on
            )
            for one in approvals.order_by("platform", "pk")
        ],
        problems(switch),
    )
