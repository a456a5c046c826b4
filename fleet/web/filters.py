"""The base of every FilterSet, which list page and API share, and the tags that take a filter off again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from fleet.models.searching import MOST_WORDS, labelled
from fleet.web import text
from fleet.web.forms import FilterForm
from fleet.web.keyset import Sorts


class SearchFilter(django_filters.CharFilter):
    """One box for several fields of a kind that stays small: `SearchFilter("name__icontains", label="Name")`.

    Each word of what is asked must be met by a field, by the label of one of the choice fields `labels`, by
    a row of `many`, look-ups that lead to several rows, or by the label of one of `rules` (key → label and
    rows → rows), such as the states that the list shows.
    """

    def __init__(
        self,
        *lookups: str,
        label: str,
        labels: Collection[str] = (),
        many: Collection[str] = (),
        rules: Mapping[str, tuple[str, Callable[[Any], Any]]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label=label, **kwargs)
        self.lookups, self.labels, self.many, self.rules = lookups, labels, many, rules or {}

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        """The rows in which every word is met; all rows where there is none."""
        words = (value or "").split()[:MOST_WORDS]
        return reduce(lambda rows, word: rows.filter(self._meeting(qs.model, word)), words, qs)

    def _meeting(self, model: type[Model], word: str) -> Q:
        met = [Q(**{lookup: word}) for lookup in self.lookups]
        for name in self.labels:
            choices = model._meta.get_field(name).flatchoices  # type: ignore[union-attr]
            met.append(Q(**{f"{name}__in": labelled(choices, word)}))
        for lookup in self.many:
            rows = model._default_manager.order_by().filter(**{lookup: word})
            met.append(Q(pk__in=rows.values("pk")))
        meant = labelled([(key, label) for key, (label, _) in self.rules.items()], word)
        for key in meant:
            rows = self.rules[key][1](model._default_manager.order_by())
            met.append(Q(pk__in=rows.values("pk")))
        return reduce(or_, met)


class YesNoField(forms.NullBooleanField):
    """What is neither yes nor no is an error, not the same as nothing."""

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        if found is None and value not in (None, ""):
            raise forms.ValidationError(f"“{value}” is neither true nor false.")
        return found


class YesNoFilter(django_filters.BooleanFilter):
    """Any, yes or no, as `true` and `false` in the address."""

    field_class = YesNoField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        widget = forms.Select(choices=[("", "Any"), ("true", "Yes"), ("false", "No")])
        super().__init__(*args, widget=widget, **kwargs)


class Ticks(forms.CheckboxSelectMultiple):
    """Tick boxes to which `status=` in an address means that none is ticked."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [value for value in super().value_from_datadict(data, files, name) or () if value]


class ChoicesFilter(django_filters.MultipleChoiceFilter):
    """Ticks for a short closed list; several ticks widen the match."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Without DISTINCT, which no column of the row itself or of one that it points to needs.
        super().__init__(*args, distinct=False, widget=Ticks(), **kwargs)


class ListFilterSet(django_filters.FilterSet):
    """A FilterSet whose form is dressed for the filter panel.

    `synonyms`: other names under which an address may ask, each with the filter that it means.
    `sorts`: what the list can be sorted by: key in the address → look-ups or annotations of the rows.
    """

    base_filters: ClassVar[Mapping[str, django_filters.Filter]]
    synonyms: ClassVar[Mapping[str, str]] = {}
    sorts: ClassVar[Sorts] = {}

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data and self.renamed(data), *args, **kwargs)

    @classmethod
    def renamed(cls, params: QueryDict) -> QueryDict:
        """The parameters with every synonym under its filter's own name."""
        if not any(name in params for name in cls.synonyms):
            return params
        known = params.copy()
        for name, meant in cls.synonyms.items():
            known.setlist(meant, [*known.getlist(meant), *known.pop(name, [])])
        return known

    def get_form_class(self) -> type[forms.Form]:
        fields = {name: filter_.field for name, filter_ in self.filters.items()}
        return type(f"{type(self).__name__}Form", (FilterForm,), fields)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter in force: its tag's text, and the address without it."""

    label: str
    text: str
    url: str


def unknown_filters(
    params: Iterable[str], filterset_class: type[ListFilterSet] | None, *, besides: Collection[str]
) -> dict[str, str]:
    """What to tell of each parameter that is no filter of the list, and none of those `besides` them."""
    known = [*filterset_class.base_filters] if filterset_class else []
    synonyms = filterset_class.synonyms if filterset_class else {}
    listed = f" This list filters by: {', '.join(known)}." if known else ""
    return {
        name: f"There is no filter “{name}”.{listed}"
        for name in params
        if name not in (*known, *synonyms, *besides)
    }


def unknown_sort(asked: str, sorts: Sorts) -> str:
    """What to say of a sort that the list does not have."""
    if not sorts:
        return "This list cannot be sorted."
    return f"The list cannot be sorted by “{asked}”. Sort it by one of: {', '.join(sorts)}"


def address(params: QueryDict, **changes: str | list[str] | None) -> str:
    """`?…` with some parameters changed (None: taken out), and back on the first page."""
    changed = params.copy()
    for name, value in {"after": None, "before": None, **changes}.items():
        changed.setlist(name, value if isinstance(value, list) else [value] if value else [])
    return f"?{changed.urlencode()}"


def _options(field: forms.Field, value: Any) -> Iterator[tuple[str, str]]:
    """(as in the address, as read) of each thing that a field's cleaned value holds."""
    if isinstance(field, forms.ModelChoiceField):
        labels = {getattr(field, "null_value", None): getattr(field, "null_label", None)}
    else:
        labels = dict(getattr(field, "choices", ()))
    for item in value if isinstance(value, list | tuple | QuerySet) else [value]:
        if isinstance(item, Model) and isinstance(field, forms.ModelChoiceField):
            yield str(field.prepare_value(item)), field.label_from_instance(item)
        else:
            yield str(item), str(labels.get(item, text.shown(item)))


def chosen(form: forms.Form, params: QueryDict) -> list[Chosen]:
    """The filters in force, in the form's order; the form must have been validated."""
    found = []
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if value is None or value == "" or (isinstance(value, list | QuerySet) and not value):
            continue
        for raw, label in _options(field, value):
            others = (
                [one for one in params.getlist(name) if one != raw] if len(params.getlist(name)) > 1 else []
            )
            found.append(
                Chosen(str(form[name].label), label, address(params, **{name: others, "format": None}))
            )
    return found
