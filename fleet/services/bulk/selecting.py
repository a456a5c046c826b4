"""Which rows a bulk change is about: those ticked, or all that match the list's filters."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from django.db.models import Model, QuerySet
from django.http import QueryDict

from fleet.errors import Invalid
from fleet.filters import DeviceApiFilter, StaffMemberFilter
from fleet.models import Device, StaffMember, User
from fleet.sql import among
from fleet.vocabulary import BulkSubject
from fleet.web.filters import ListFilterSet, chosen, unknown_filters


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of rows that can be changed in bulk; `nouns` are one and many of it."""

    model: type[Model]
    filterset: type[ListFilterSet]
    nouns: tuple[str, str]
    list_url_name: str


SUBJECTS: dict[str, Subject] = {
    BulkSubject.DEVICES: Subject(Device, DeviceApiFilter, ("device", "devices"), "fleet:device-list"),
    BulkSubject.PEOPLE: Subject(StaffMember, StaffMemberFilter, ("person", "people"), "fleet:person-list"),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """`ticked`: keys, or None for all that match `filters`, a query string."""

    subject: Subject
    filters: str = ""
    ticked: tuple[int, ...] | None = None

    @classmethod
    def matching(cls, subject: Subject, params: QueryDict, *, besides: Collection[str] = ()) -> Selection:
        """All that match an address' parameters, save those `besides` its filters.

        Raises Invalid for a parameter that is no filter: passed over, it would mean every row.
        """
        params = subject.filterset.renamed(params)
        if refused := unknown_filters(params, subject.filterset, besides=besides):
            raise Invalid(next(iter(refused.values())), field="filters")
        known = params.copy()
        for name in besides:
            known.pop(name, None)
        return cls(subject, known.urlencode())

    def rows(self, user: User) -> QuerySet[Any]:
        """The rows that this person may see. Raises Invalid where a filter makes no sense."""
        manager: Any = self.subject.model._default_manager
        visible = cast(QuerySet[Any], manager.visible_to(user))
        if self.ticked is not None:
            return visible.filter(pk__in=among(self.ticked))
        matching: QuerySet[Any] = self._filtered(user, visible).qs
        return matching

    def words(self, user: User) -> str:
        """“Life cycle: In stock; Site: Leeds”, as the list's tags say it."""
        if self.ticked is not None:
            return "Ticked by hand"
        params = QueryDict(self.filters)
        found = chosen(self._filtered(user, self.subject.model._default_manager.none()).form, params)
        return "; ".join(f"{one.label}: {one.text}" for one in found) or "No filters: all of them"

    def _filtered(self, user: User, rows: QuerySet[Any]) -> ListFilterSet:
        request: Any = SimpleNamespace(user=user)
        found = self.subject.filterset(QueryDict(self.filters), queryset=rows, request=request)
        if not found.form.is_valid():
            name, errors = next(iter(found.form.errors.items()))
            raise Invalid(f"The filter {name} makes no sense: {errors[0]}", field="filters")
        return found
