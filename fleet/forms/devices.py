"""Register facts of a device."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet import rules
from fleet.forms.parts import NARROW, FactsForm
from fleet.models import Device
from fleet.vocabulary import LifeCycle


class DeviceForm(FactsForm):
    """Holder, site and life cycle move by custody; identifiers that an MDM reports are its to change."""

    class Meta:
        model = Device
        fields = (
            "asset_tag", "model", *rules.IDENTIFIERS, "life_cycle", "site", "purchased_on", "warranty_until"
        )  # fmt: skip
        widgets = {name: forms.TextInput(NARROW) for name in ("asset_tag", "imei", "imei2")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.fields["life_cycle"].choices = [  # type: ignore[attr-defined]
                (life.value, life.label) for life in (LifeCycle.IN_STOCK, LifeCycle.ORDERED)
            ]
            return
        del self.fields["life_cycle"], self.fields["site"]
        if self.instance.source_records.exists():
            for name in rules.IDENTIFIERS:
                self.fields[name].disabled = True
                self.fields[name].help_text = "Reported by MDM, so it is changed there."

    def clean(self) -> dict[str, Any]:
        for name, spell in rules.SPELLINGS.items():
            given = self.cleaned_data.get(name, "")
            try:
                self.cleaned_data[name] = spell(given)
            except forms.ValidationError as error:
                self.add_error(name, error)
                # Something was entered, so that no rule needs to ask for it.
                self.cleaned_data[name] = given
        return super().clean()
