"""Bringing a carrier's bill in, and saying what its columns mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model

from fleet.errors import Invalid
from fleet.forms.lines import VatField
from fleet.models import Organisation, User
from fleet.services.imports.reading import folded
from fleet.services.imports.receiving import refuse_size
from fleet.services.usage.layouts import FIELDS, WORDS
from fleet.services.usage.steps import PERMISSION
from fleet.vocabulary import AmountUnit, BillShape, ChargeUnit, MegabyteBase, TimeUnit
from fleet.web.forms import GovukForm

LEAVE_OUT = ("", "Leave this column out")
WORD_HINTS = {
    "data": "Words with a comma between. A row of which the kind, or the dialled number, begins so is data.",
    "incoming": "Such rows are calls received; the carrier of a roaming phone writes them.",
    "in": "What stands in the bundle column, such as I.",
    "out": "What stands in the bundle column, such as O.",
}


class BillForm(GovukForm):
    """Asks for the organisation only where there is a choice."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), empty_label="Choose one")
    carrier = forms.CharField(
        max_length=100, help_text="As you call it, always the same: its files are then recognised."
    )
    file = forms.FileField(
        help_text="CSV, XLSX or ODS, itemised or with totals. Nothing is changed yet.",
        error_messages={"empty": "The file is empty. Choose another."},
    )
    period_start = forms.DateField(
        label="First day of the billing month",
        required=False,
        help_text="Leave both days empty where the rows have dates.",
    )
    period_end = forms.DateField(label="Last day of the billing month", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.filter(pk__in=user.access.whole_organisation_ids(PERMISSION))
        self.only: Model | None = organisations[0] if len(organisations) == 1 else None
        if self.only:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            refuse_size(file.size)
        except Invalid as error:
            raise forms.ValidationError(str(error)) from error
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        return cleaned | {"organisation": self.only or cleaned.get("organisation")}


class MappingForm(GovukForm):
    """One drop-down for each header, then what units and words mean. `examples`: header → cells, masked."""

    shape = forms.ChoiceField(
        label="What is a row of this file?", choices=BillShape.choices, widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, headers: list[str], examples: dict[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headers = headers
        columns = self.initial.get("columns", {})
        for number, header in enumerate(headers):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=f"“{header}”",
                choices=[LEAVE_OUT, *FIELDS.items()],
                initial=columns.get(folded(header), ""),
                required=False,
                help_text=(examples or {}).get(header, ""),
            )
        self._ask_units()
        self._ask_words()
        self.order_fields(["shape"])

    def _ask_units(self) -> None:
        self.fields["data_unit"] = forms.ChoiceField(
            label="A bare number of data is in",
            choices=AmountUnit.choices,
            help_text="“154387 KB” says it itself; “12.5” does not.",
        )
        self.fields["megabyte_bytes"] = forms.TypedChoiceField(
            label="To this carrier, a megabyte is",
            choices=MegabyteBase.choices,
            coerce=int,
            widget=forms.RadioSelect,
            help_text="The contract says which. If nobody knows, choose 1,000,000.",
        )
        self.fields["time_unit"] = forms.ChoiceField(
            label="A bare number of call time is in", choices=TimeUnit.choices
        )
        self.fields["charge_unit"] = forms.ChoiceField(label="Charges are in", choices=ChargeUnit.choices)
        self.fields["is_vat_included"] = VatField(label="Do the charges include VAT?")
        self.fields["billing_day"] = forms.IntegerField(
            label="On which day does the billing month begin?",
            min_value=1,
            max_value=28,
            error_messages=dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"),
                "Enter the day on which the billing month begins, from 1 to 28",
            ),
            help_text="1 for calendar months; 13 for a month from the 13th to the 12th.",
        )

    def _ask_words(self) -> None:
        words = self.initial.get("words", {})
        for key, label in WORDS.items():
            self.fields[f"words_{key}"] = forms.CharField(
                label=f"Words for: {label.lower()}",
                required=False,
                max_length=500,
                initial=", ".join(words.get(key, ())),
                help_text=WORD_HINTS.get(key, ""),
            )

    @property
    def said(self) -> dict[str, Any]:
        """What `services.usage.mapping` takes, of a valid form."""
        data = self.cleaned_data
        kept = ("shape", "data_unit", "megabyte_bytes", "time_unit", "charge_unit", "billing_day")
        return {
            **{name: data[name] for name in kept},
            "is_vat_included": data["is_vat_included"],
            "columns": {
                folded(header): data[f"column_{number}"] for number, header in enumerate(self.headers)
            },
            "words": {key: data[f"words_{key}"].split(",") for key in WORDS},
        }


class EditMappingForm(MappingForm):
    """The same of a mapping that is kept, and whose files it reads."""

    carrier = forms.CharField(
        max_length=100, help_text="As it is called when its files are brought in; the case does not matter."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["carrier", "shape"])
