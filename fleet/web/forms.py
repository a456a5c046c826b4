"""Django's forms in the dress of the GOV.UK Design System. The admin keeps its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.template.loader import select_template

from fleet.errors import FleetError
from fleet.web import text

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Widget, "govuk-input"),
)
NO_ERROR_CLASS = ("govuk-checkboxes__input", "govuk-radios__input")


class DatePartsInput(forms.MultiWidget):
    """Day, month and year in three boxes, as the GOV.UK date input has them; hands on one ISO date."""

    template_name = "django/forms/widgets/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in ("day", "month", "year")}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if hasattr(value, "day"):
            return [value.day, value.month, value.year]
        return [part.lstrip("0") for part in reversed(str(value).split("-", 2))] if value else ["", "", ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        day, month, year = (part or "" for part in super().value_from_datadict(data, files, name))
        return f"{year}-{month:0>2}-{day:0>2}" if day or month or year else ""


class NumberTextInput(forms.TextInput):
    """A box for digits: browsers' number inputs change on scrolling and refuse without saying why."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "class": "govuk-input--width-10", **(attrs or {})})


# Words with which a label begins that needs no article after “Enter” or “Select”.
_NO_ARTICLE = {
    *("what", "who", "whose", "whom", "which", "why", "how", "where", "when", "whether", "whoever"),
    *("on", "in", "since", "from", "to", "until", "for", "at", "only", "runs", "include", "issue", "erase"),
    *("the", "a", "an", "your", "our", "this", "select", "choose", "I"),
}
REPLACEMENTS: dict[type[forms.Widget], type[forms.Widget]] = {
    forms.DateInput: DatePartsInput,
    forms.NumberInput: NumberTextInput,
    forms.ClearableFileInput: forms.FileInput,
}


class GovukBoundField(BoundField):
    """A field with the classes that its control needs."""

    @property
    def first_control_id(self) -> str:
        """Where the error summary leads: the first box or option of a group, or the control itself."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.auto_id

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        name = next(css for kind, css in CLASSES if isinstance(widget, kind))
        classes = [name, widget.attrs.get("class", "")]
        if self.errors and name not in NO_ERROR_CLASS:
            classes.append(f"{name}--error")
        return built | {"class": " ".join(filter(None, classes))}


class GovukRenderer(TemplatesSetting):
    """Looks below django/forms/govuk/ first."""

    form_template_name = "django/forms/div.html"
    bound_field_class = GovukBoundField

    def get_template(self, template_name: str) -> Any:
        return select_template(
            [template_name.replace("django/forms/", "django/forms/govuk/", 1), template_name]
        )


class GovukFormMixin:
    """Renders as GOV.UK forms do; errors come from the server alone."""

    default_renderer: Any = GovukRenderer
    hides_optional = False
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            if replacement := REPLACEMENTS.get(type(field.widget)):
                field.widget = replacement(_kept(field.widget.attrs))
            _say_what_to_do(field, str(field.label or pretty_name(name)))


def _say_what_to_do(field: forms.Field, label: str) -> None:
    """Error messages that name the field, where the form's author wrote none."""
    name = text.inside(label)
    literal = label.replace("%", "%%")
    is_choice = isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField)
    said = {
        "required": f"Answer “{label}”"
        if label.endswith("?")
        else f"{'Select' if is_choice else 'Enter'} {_with_article(name, field)}",
        "min_value": f"{literal} must be %(limit_value)s or more",
        "max_value": f"{literal} must be %(limit_value)s or less",
        "invalid_choice": f"{label} must be one of those listed",
    }
    if isinstance(field, forms.DateField):
        said["invalid"] = f"{label} must be a real date: day, month and year in numbers"
    elif isinstance(field, forms.IntegerField):
        said["invalid"] = f"{label} must be a number"
    for code, words in said.items():
        if field.error_messages.get(code) == _default_message(field, code):
            field.error_messages[code] = words


def _with_article(name: str, field: forms.Field) -> str:
    """“the supplier”; “why”; “the day: notice given on”."""
    first, last = name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1]
    if isinstance(field, forms.DateField) and last in {"on", "by", "until", "from"}:
        return f"the day: {name}"
    return name if first in _NO_ARTICLE or name.startswith(("“", '"')) else f"the {name}"


def _default_message(field: forms.Field, code: str) -> Any:
    """What Django says of such a field, None where its validators say it."""
    defaults = [getattr(kind, "default_error_messages", {}) for kind in type(field).__mro__]
    return next((messages[code] for messages in defaults if code in messages), None)


def _kept(attrs: dict[str, Any]) -> dict[str, Any]:
    """Of a replaced widget's attributes, those that still hold; limits are checked on the server."""
    return {name: value for name, value in attrs.items() if name not in ("min", "max", "step")}


class GovukForm(GovukFormMixin, forms.Form):
    """The base of every plain form."""


class GovukModelForm(GovukFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """The base of every form that edits a model."""


def add_refusal(form: forms.BaseForm, error: FleetError) -> None:
    """What a verb refused becomes an error of the form, at the field that the verb names."""
    field = getattr(error, "field", "")
    form.add_error(field if field in form.fields else None, str(error))


class FilterForm(GovukForm):
    """The form of a list's filters: compact, so a date is one native control whose value is an ISO date."""

    hides_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for field in fields.values():
            if isinstance(field.widget, DatePartsInput):
                field.widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
            if getattr(field, "empty_label", None):
                field.empty_label = "Any"
