"""What a file may say of classifications: of which scheme they are, and which one somebody handles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone

from fleet import rules
from fleet.models import Classification, ClassificationMapping, ClassificationScheme, Organisation
from fleet.services.imports.kind import Kind, Values
from fleet.services.imports.reading import Row
from fleet.services.imports.references import Lookup, Reference, codes_of, lookup
from fleet.vocabulary import SwitchState


class NewScheme(str):
    """The code of a scheme that the register does not have yet; it stands where the scheme's id will."""

    __slots__ = ()


class ClassificationKind(Kind):
    """A scheme that there is not yet is made, with its code for a name."""

    def settle(self, organisation: Organisation, rows: Sequence[Values]) -> None:
        new = sorted({row["scheme_id"] for row in rows if isinstance(row["scheme_id"], NewScheme)})
        made = ClassificationScheme.objects.bulk_create(
            [ClassificationScheme(organisation=organisation, code=code, name=code) for code in new]
        )
        ids = {scheme.code: scheme.pk for scheme in made}
        for row in rows:
            row["scheme_id"] = ids.get(row["scheme_id"], row["scheme_id"])


def _build_scheme(organisation: Organisation, _: Sequence[Row]) -> Lookup:
    table = codes_of(ClassificationScheme, organisation)
    longest = ClassificationScheme._meta.get_field("code").max_length or 0

    def find(cells: Mapping[str, str]) -> int | str:
        code = cells["scheme"]
        if not 0 < len(code) <= longest:
            raise ValidationError(f"Name the scheme by its code, of at most {longest} characters.")
        return table.get(code) or NewScheme(code)

    return find


def _build_handled(organisation: Organisation, _: Sequence[Row]) -> Lookup:
    """By code. That of a scheme which has been switched away from means what it became."""
    table = codes_of(Classification, organisation)
    became = ClassificationMapping.objects.filter(
        organisation=organisation,
        classification__scheme__valid_until__lt=timezone.localdate(),
        classification__scheme__switches_away__state=SwitchState.DONE,
        to_scheme=F("classification__scheme__switches_away__to_scheme"),
    )
    table |= dict(became.values_list("classification__code", "becomes"))
    return lookup("classification", table, "No classification has the code {name}. Load that first.")


SCHEME = Reference(_build_scheme)
HANDLED = Reference(_build_handled)

CLASSIFICATIONS = ClassificationKind(
    title="Classifications",
    permission="assurance.change",
    model=Classification,
    fields=("code", "name", "rank", "valid_from", "valid_until"),
    references={"scheme": SCHEME},
    list_url_name="fleet:classification-list",
    ignored=frozenset({"people", "approvals"}),
    identifiers=(("code",), ("scheme", "rank")),
    brings=(ClassificationScheme,),
    names_row=("name", "code"),
    rules=rules.of_validity,
    synonyms={"level": "rank", "from": "valid_from", "until": "valid_until"},
    meanings={
        "code": "Its key in the organisation",
        "scheme": "The scheme's code; one that is not known yet is made",
        "rank": "A whole number, once in each scheme; higher is more sensitive",
        "valid_from": "Date",
        "valid_until": "Date: the last day",
    },
    example={"code": "OS", "name": "Official-sensitive", "scheme": "GSC-2014", "rank": "2"},
)
