"""What can be changed of many rows at once: each verb knows whom it refuses, what it writes, how it reads."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Case, CharField, Model, Q, QuerySet, Value, When
from django.utils import timezone

from fleet.errors import Invalid
from fleet.models import BulkChange, Device, Organisation, Site, StaffMember, User
from fleet.services import facts
from fleet.services.bulk.checking import SAME, Check
from fleet.services.custody import STEPS
from fleet.services.custody_of_many import record_custody_of_many, refusals
from fleet.sql import among
from fleet.vocabulary import BulkSubject, CustodyKind
from fleet.web import text

Given = dict[str, Any]


class Verb(ABC):
    """`title` is what a list offers. `references`: names in the value that are keys of these models."""

    key: ClassVar[str]
    title: ClassVar[str]
    subject: ClassVar[str]
    permission: ClassVar[str]
    references: ClassVar[dict[str, type[Model]]] = {}
    related: ClassVar[tuple[str, ...]] = ()
    model: ClassVar[type[Model]]
    moves_custody: ClassVar[bool] = False

    def stored(self, given: Given) -> Given:
        """A form's values as a row keeps them."""
        return {name: one.pk if isinstance(one, Model) else one for name, one in given.items()}

    def resolved(self, stored: Given) -> Given:
        """The other way round. Raises Invalid where something is gone."""
        given = dict(stored)
        for name, model in self.references.items():
            if stored.get(name) is not None:
                given[name] = model._base_manager.filter(pk=stored[name]).first()
                if given[name] is None:
                    raise Invalid(f"The {model._meta.verbose_name} is no longer there.", field=name)
        return given

    @abstractmethod
    def words(self, given: Given) -> str:
        """“Site: Leeds”, “Issue them to Ann Smith”."""

    def outcomes(self, given: Given) -> list[When]:
        """Branches of a CASE over rows: SAME, or a sentence that says why a row is left out."""
        return []

    def check(
        self, rows: QuerySet[Any], given: Given, outcomes: list[When], organisation: Organisation
    ) -> Check:
        """`outcomes` are those that hold for every verb; they come first."""
        return Check.of(judged(rows, [*outcomes, *self.outcomes(given)]))

    @abstractmethod
    def apply(self, change: BulkChange, ids: Sequence[int], given: Given, by: User) -> None:
        """Write it, in one transaction and a constant number of statements. Raises Conflict."""

    @abstractmethod
    def now(self, row: Any) -> str:
        """What this verb changes, as it is in a row or in an event of its change log."""

    @abstractmethod
    def after(self, row: Any, given: Given) -> str: ...


def judged(rows: QuerySet[Any], branches: list[When]) -> QuerySet[Any, tuple[int, str]]:
    """(key, outcome) of each row, in one query, in the order of keys."""
    case = Case(*branches, default=Value(""), output_field=CharField())
    found: QuerySet[Any, tuple[int, str]] = (
        rows.annotate(outcome=case).order_by("pk").values_list("pk", "outcome")
    )
    return found


class FieldVerb(Verb):
    """Sets one register fact of people."""

    subject = BulkSubject.PEOPLE
    model = StaffMember
    permission = "people.change"
    field: ClassVar[str]

    @property
    def label(self) -> str:
        return str(self.model._meta.get_field(self.field).verbose_name).capitalize()  # type: ignore[union-attr]

    def words(self, given: Given) -> str:
        return f"{self.label}: {self.after(None, given)}"

    def outcomes(self, given: Given) -> list[When]:
        return [When(Q(**{self.field: given[self.field]}), then=Value(SAME))]

    def apply(self, change: BulkChange, ids: Sequence[int], given: Given, by: User) -> None:
        rows = self.model._base_manager.filter(pk__in=among(ids))
        rows.update(**{self.field: given[self.field]})
        facts.announce_rows(self.model, organisation_id=change.organisation_id, ids=ids)

    def now(self, row: Any) -> str:
        display = getattr(row, f"get_{self.field}_display", None)
        return text.shown(display() if display else getattr(row, self.field))

    def after(self, row: Any, given: Given) -> str:
        return self.now(self.model(**{self.field: given[self.field]}))


class PersonSite(FieldVerb):
    key, title, field = "site", "Change their site", "site"
    references = {"site": Site}
    related = ("site",)


class PersonRole(FieldVerb):
    key, title, field = "job-role", "Change their job role", "job_role"


class PersonWorkStyle(FieldVerb):
    key, title, field = "work-style", "Change their work style", "work_style"


class PersonGroup(FieldVerb):
    key, title, field = "group", "Change their team or group", "group"


class CustodyVerb(Verb):
    """Records a custody event of each device; what may follow what is the rule of one table."""

    subject = BulkSubject.DEVICES
    model = Device
    permission = "custody.record"
    references = {"site": Site, "holder": StaffMember}
    related = ("site", "holder")
    moves_custody = True

    def kind(self, given: Given) -> CustodyKind:
        return CustodyKind(given["kind"])

    @abstractmethod
    def same(self, given: Given) -> Q: ...

    def outcomes(self, given: Given) -> list[When]:
        refused = refusals(
            self.kind(given),
            at=timezone.now(),
            holder=given.get("holder"),
            despite_reservation=bool(given.get("despite_reservation")),
        )
        return [When(self.same(given), then=Value(SAME)), *refused]

    def apply(self, change: BulkChange, ids: Sequence[int], given: Given, by: User) -> None:
        record_custody_of_many(
            organisation=change.organisation,
            device_ids=ids,
            kind=self.kind(given),
            at=timezone.now(),
            holder=given.get("holder"),
            site=given.get("site"),
            note=given.get("note", ""),
            by=by,
        )


class MoveDevices(CustodyVerb):
    key, title = "site", "Move them to a site"

    def kind(self, given: Given) -> CustodyKind:
        return CustodyKind.MOVED

    def words(self, given: Given) -> str:
        return f"Site: {given['site']}"

    def same(self, given: Given) -> Q:
        return Q(site=given["site"])

    def now(self, row: Any) -> str:
        return text.shown(row.site)

    def after(self, row: Any, given: Given) -> str:
        return str(given["site"])


def _life(row: Any) -> str:
    held = f", {row.holder}" if row.holder else ""
    return f"{row.get_life_cycle_display()}{held}"


class GiveDevices(CustodyVerb):
    key, title = "holder", "Give them to somebody"

    def words(self, given: Given) -> str:
        return f"{self.kind(given).label} to {given['holder']}"

    def same(self, given: Given) -> Q:
        return Q(holder=given["holder"], life_cycle=STEPS[self.kind(given)].becomes)

    def now(self, row: Any) -> str:
        return _life(row)

    def after(self, row: Any, given: Given) -> str:
        return f"{self.kind(given).label}, {given['holder']}"


class DeviceLifeCycle(CustodyVerb):
    key, title = "life-cycle", "Change their life cycle"

    def words(self, given: Given) -> str:
        place = f" at {given['site']}" if given.get("site") else ""
        return f"Life cycle: {self.kind(given).label.lower()}{place}"

    def same(self, given: Given) -> Q:
        return Q(life_cycle=STEPS[self.kind(given)].becomes)

    def now(self, row: Any) -> str:
        return _life(row)

    def after(self, row: Any, given: Given) -> str:
        step = STEPS[self.kind(given)]
        held = f", {row.holder}" if row.holder and not step.clears_holder else ""
        return f"{step.becomes.label if step.becomes else row.get_life_cycle_display()}{held}"


def verb_of(subject: str, key: str) -> Verb:
    """Raises KeyError where there is none."""
    return VERBS[subject, key]


VERBS: dict[tuple[str, str], Verb] = {}


def register(*verbs: Verb) -> None:
    for verb in verbs:
        VERBS[verb.subject, verb.key] = verb


register(
    MoveDevices(),
    GiveDevices(),
    DeviceLifeCycle(),
    PersonSite(),
    PersonRole(),
    PersonWorkStyle(),
    PersonGroup(),
)
