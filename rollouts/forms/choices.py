"""What the forms of rollouts share: choices that come from the organisation's own rows, and refusals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model, QuerySet

from fleet.models import StaffMember


class DataChoices(forms.MultipleChoiceField):
    """Ticks over words that stand in the data; those chosen before stay on offer when the data moves on."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, words: Iterable[str], chosen: Iterable[str]) -> None:
        self.choices = [(word, word) for word in sorted({*words, *chosen} - {""})]


class LinesField(forms.CharField):
    """Words, one a line: for lists too long to tick."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = (line.strip() for line in (value or "").splitlines())
        return list(dict.fromkeys(filter(None, lines)))


def staff_words(organisation_id: int, field: str) -> list[str]:
    """The different values of `field` among an organisation's staff."""
    words = StaffMember.objects.filter(organisation=organisation_id).order_by().values_list(field, flat=True)
    return list(words.distinct())


def offer_staff_words(form: forms.ModelForm[Any], organisation_id: int, **fields: str) -> None:
    """Fill each `DataChoices` named by a keyword with the values of that field of `StaffMember`."""
    for name, column in fields.items():
        field = form.fields[name]
        assert isinstance(field, DataChoices)
        field.offer(staff_words(organisation_id, column), getattr(form.instance, name))


def refuse_taken(form: forms.ModelForm[Any], among: QuerySet[Any], message: str, **taken: Any) -> None:
    """Refuse a value that another row of `among` has already, which the database would refuse less kindly.

    Raises forms.ValidationError with `message`.
    """
    instance: Model = form.instance
    if among.filter(**taken).exclude(pk=instance.pk).exists():
        raise forms.ValidationError(message)


def add_refusals(form: forms.ModelForm[Any], refusals: Iterable[tuple[str, str]]) -> None:
    """Each refusal at its field, unless something is wrong there already."""
    for field, message in list(refusals):
        if field not in form.errors:
            form.add_error(field, message)
