"""Lines and their tariffs, and what becomes of a line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from fleet import phone_numbers
from fleet.forms.parts import NARROW, FactsForm, PersonField, PoundsField
from fleet.models import Line, StaffMember, Tariff, User
from fleet.vocabulary import MegabyteBase
from fleet.web.forms import GovukForm

VAT = [("", "Not known"), ("true", "Yes"), ("false", "No")]


def gigabyte(megabyte_bytes: int) -> int:
    """Bytes of a gigabyte, by what a megabyte is."""
    return int(megabyte_bytes) * (1000 if megabyte_bytes == MegabyteBase.DECIMAL else 1024)


def gigabytes(count: int, megabyte_bytes: int) -> str:
    """1, 1.5: `count` bytes as people write an allowance."""
    return f"{(Decimal(count) / gigabyte(megabyte_bytes)).quantize(Decimal('0.001')).normalize():f}"


class VatField(forms.TypedChoiceField):
    """Yes, no or not known."""

    def __init__(self, **kwargs: Any) -> None:
        words = {"": None, "true": True, "false": False}
        super().__init__(choices=VAT, coerce=words.get, empty_value=None, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "true", False: "false", None: ""}.get(value, value)


class TariffForm(FactsForm):
    rental_pence = PoundsField(label="Line rental a month, in pounds", required=False)
    allowance = forms.DecimalField(
        label="Data a month, in GB",
        required=False,
        min_value=0,
        max_value=100_000,
        decimal_places=3,
        help_text="Empty: without limit, or not known.",
    )
    over_pence = PoundsField(label="Charge above the data allowance, in pounds", required=False)
    is_vat_included = VatField(label="Do these prices include VAT?")

    class Meta:
        model = Tariff
        fields = (
            "carrier",
            "name",
            "rental_pence",
            "allowance",
            "megabyte_bytes",
            "over_pence",
            "over_per",
            "minutes",
            "texts",
            "is_vat_included",
        )
        labels = {"megabyte_bytes": "To this carrier, a megabyte is", "over_per": "That charge is for"}
        help_texts = {
            "megabyte_bytes": "The contract says which. If nobody knows, keep 1,000,000.",
            "minutes": "Empty: without limit, or not known.",
            "texts": "Empty: without limit, or not known.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (count := self.instance.data_allowance_bytes) is not None:
            self.initial["allowance"] = gigabytes(count, self.instance.megabyte_bytes)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given, base = cleaned.get("allowance"), cleaned.get("megabyte_bytes")
        if base is not None:
            self.instance.data_allowance_bytes = None if given is None else int(given * gigabyte(base))
        return cleaned


class LineForm(FactsForm):
    offers_itself = ("organisation",)
    holder = PersonField(
        label="Holder", required=False, help_text="Staff number or email address. Empty: nobody."
    )

    class Meta:
        model = Line
        fields = (
            "msisdn",
            "carrier",
            "holder",
            "tariff",
            "contract",
            "justification",
            "justification_note",
            "starts_on",
        )
        labels = {"msisdn": "Phone number", "starts_on": "On this bill from"}
        help_texts = {
            "msisdn": "As 07700 900123 or +44 7700 900123.",
            "justification": "A line that is kept for a reason is no waste, and is listed apart.",
            "justification_note": "Do not name people here.",
        }
        widgets = {"msisdn": forms.TextInput(NARROW)}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["holder"].people = StaffMember.objects.visible_to(user)  # type: ignore[attr-defined]
        if not self.instance._state.adding:
            # A model's form begins with the holder's key, which is no staff number.
            self.initial["holder"] = self.instance.holder
            self.fields["holder"].help_text = (
                "Staff number or email address, to correct it. If the number goes to somebody else from a "
                "day on, hand it over instead: then what it was used for before stays where it belongs."
            )

    def clean_msisdn(self) -> str:
        given = self.cleaned_data["msisdn"]
        number = phone_numbers.msisdn(given)
        if given and not number:
            raise ValidationError("Enter a phone number with its 3 to 15 digits, such as 07700 900123")
        return number


class PutOnSimForm(GovukForm):
    iccid = forms.CharField(
        label="ICCID of the new SIM", max_length=40, help_text="The long number printed on the SIM."
    )
    on = forms.DateField(label="Since which day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class HandOverLineForm(GovukForm):
    holder = PersonField(
        label="Who has it now",
        required=False,
        help_text="Staff number or email address. Empty: nobody, it goes back to the pool.",
    )
    on = forms.DateField(label="From which day")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].people = StaffMember.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["on"].initial = timezone.localdate()


class EndLineForm(GovukForm):
    on = forms.DateField(label="Last day", help_text="The last day for which the carrier bills it.")
