"""Files of approvals with their conditions. They are recorded and withdrawn, never edited."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from fleet import rules
from fleet.mdm.writing import copy
from fleet.models import Approval, Classification, Condition, Organisation
from fleet.services.imports.kind import Kind, Values
from fleet.services.imports.references import by_code
from fleet.versions import version_key
from fleet.vocabulary import Control

NAMED = (Control.SOFTWARE, Control.STATEMENT)
WORDS = {word.lower(): control for control in Control for word in (control.value, str(control.label))}
_WORD = "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
# A statement may contain a semicolon; a condition begins with one of the words.
_BETWEEN = re.compile(rf";\s*(?=(?:{_WORD})\s*(?:[:;]|$))", re.IGNORECASE)

Conditions = tuple[tuple[str, str], ...]


def conditions(text: str) -> Conditions:
    """`Encrypted; software: Defender; statement: Users are briefed.` as (control, name), sorted.

    Raises ValidationError.
    """
    return tuple(sorted({_condition(part) for part in _BETWEEN.split(text.strip().rstrip(";")) if part}))


def _condition(text: str) -> tuple[str, str]:
    word, _, name = (part.strip() for part in text.partition(":"))
    control = WORDS.get(word.lower())
    if control is None:
        raise ValidationError(f"“{word}” is not one of {', '.join(Control.values)}.")
    if (control in NAMED) != bool(name):
        advice = "needs a name after a colon" if control in NAMED else "takes no name: take off what follows"
        raise ValidationError(f"“{word}” {advice}.")
    if len(name) > (most := Condition._meta.get_field("name").max_length or 0):
        raise ValidationError(f"“{word}” has more than {most} characters after the colon. Shorten it.")
    return control.value, name


class ApprovalKind(Kind):
    def extras_of(self, organisation: Organisation) -> Mapping[int, Values]:
        found: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for pk in Approval.objects.filter(organisation=organisation).values_list("pk", flat=True):
            found[pk] = []
        of = Condition.objects.filter(approval__organisation=organisation)
        for pk, control, name in of.values_list("approval_id", "control", "name"):
            found[pk].append((control, name))
        return {pk: {"conditions": tuple(sorted(set(given)))} for pk, given in found.items()}

    def moves(self, before: Values, after: Values) -> rules.Refusals:
        for name in (*self.attributes, *self.extras):
            if before[name] != after[name]:
                reason = "An approval is not edited. Withdraw it on its page and record the new one."
                yield name.removesuffix("_id"), reason

    def completed(self, values: Values) -> Values:
        return values | {"minimum_key": version_key(values["minimum_version"])}

    def store_more(self, rows: Sequence[Values]) -> None:
        records: list[tuple[Any, ...]] = [
            (row["id"], control, name, "") for row in rows for control, name in row["conditions"]
        ]
        if records:
            copy("fleet_condition", ("approval_id", "control", "name", "signed_by"), records)


APPROVALS = ApprovalKind(
    title="Approvals",
    permission="assurance.change",
    model=Approval,
    fields=("platform", "minimum_version", "authority", "reference", "valid_from", "valid_until"),
    references={"classification": by_code("classification", Classification)},
    extras={"conditions": conditions},
    identifiers=(("platform", "minimum_version", "classification", "authority", "valid_from"),),
    brings=(Condition,),
    names_row=("platform", "minimum_version"),
    url_name="fleet:approval-detail",
    list_url_name="fleet:approval-list",
    rules=rules.of_approval,
    ignored=frozenset({"state"}),
    synonyms={
        "version": "minimum_version", "from_version": "minimum_version", "approved_by": "authority",
        "by": "authority", "approved_for": "classification", "from": "valid_from", "until": "valid_until",
    },
    meanings={
        "minimum_version": "The approval holds from this version on, like 17.4",
        "classification": "The code of the most sensitive information that it may hold",
        "authority": "Who approved it",
        "valid_from": "Date",
        "valid_until": "Date: the last day",
        "conditions": "Several with ; between: encrypted, passcode, supervised, software: its name, "
        "statement: what is to be signed",
    },
    example={
        "platform": "ipados", "minimum_version": "17.4", "classification": "OS",
        "authority": "Security board", "reference": "SB/2026/14", "valid_from": "2026-04-01",
        "valid_until": "2027-03-31",
        "conditions": "encrypted; passcode; statement: Users have been briefed.",
    },
)  # fmt: skip
