"""Forms of a programme: itself, its minimum versions, who is entitled to what."""

from __future__ import annotations

from typing import Any

from django import forms

from fleet.models import Classification, Course, DeviceModel, Organisation, User
from fleet.vocabulary import Platform, WorkStyle
from fleet.web.forms import GovukModelForm
from rollouts import rules
from rollouts.forms.choices import DataChoices, add_refusals, offer_staff_words, refuse_taken
from rollouts.models import Entitlement, PlatformMinimum, Programme

UNNAMED_PLATFORMS = (Platform.OTHER, Platform.UNKNOWN)


class ProgrammeForm(GovukModelForm):
    """A programme's goal, dates and thresholds; asks for the organisation where there is a choice."""

    required_courses = forms.ModelMultipleChoiceField(
        Course.objects.none(),
        label="Training, briefings and policies needed before the handover",
        help_text="None ticked: readiness asks for none.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Programme
        fields = [
            "organisation",
            "name",
            "code",
            "goal",
            "goal_quantity",
            "starts_on",
            "ends_on",
            "classification",
            "double_touch_weeks",
            "seen_within_days",
            "facts_stale_after_days",
            "network_mbps_per_head",
            "required_courses",
        ]
        help_texts = {
            "code": "A short name for addresses and files, such as tablets-2026.",
            "goal": "What the programme is for, in a sentence.",
            "double_touch_weeks": "A handover at a site that closes within this time is flagged.",
            "seen_within_days": "A device that its MDM has not seen for longer is flagged.",
            "facts_stale_after_days": "Older facts count as unknown, whatever they say.",
            "network_mbps_per_head": "What each person at a site needs of its network.",
        }
        error_messages = {"code": {"invalid": "Code must have letters, digits, hyphens and underscores only"}}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        planned = user.access.whole_organisation_ids("rollouts.plan")
        organisations = Organisation.objects.filter(pk__in=planned)
        if self.instance.pk:
            organisations = organisations.filter(pk=self.instance.organisation_id)
        choices = list(organisations)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial["organisation"] = choices[0].pk
        classifications = Classification.objects.filter(organisation__in=choices)
        self.fields["classification"].queryset = classifications  # type: ignore[attr-defined]
        self.fields["classification"].empty_label = "None"  # type: ignore[attr-defined]
        courses = Course.objects.filter(organisation__in=choices)
        self.fields["required_courses"].queryset = courses  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        add_refusals(self, rules.of_programme(self.instance, dict(cleaned)))
        return cleaned

    def clean_code(self) -> str:
        code, organisation = str(self.cleaned_data["code"]), self.cleaned_data.get("organisation")
        taken = f"Code {code} is taken by another programme; enter another code"
        refuse_taken(self, Programme.objects.filter(organisation=organisation), taken, code=code)
        return code


class MinimumForm(GovukModelForm):
    """The oldest version of one platform that the programme hands out."""

    class Meta:
        model = PlatformMinimum
        fields = ["platform", "version"]
        labels = {"version": "Lowest version"}
        help_texts = {"version": "As the maker writes it, such as 17.4 or 10.0.22631."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [choice for choice in Platform.choices if choice[0] not in UNNAMED_PLATFORMS]
        self.fields["platform"].choices = [("", "Select a platform"), *named]  # type: ignore[attr-defined]

    def clean_platform(self) -> str:
        platform = Platform(self.cleaned_data["platform"])
        taken = f"{platform.label} has a lowest version already; change that one instead"
        refuse_taken(self, self.instance.programme.minimums.all(), taken, platform=platform)
        return str(platform)

    def clean_version(self) -> str:
        version = str(self.cleaned_data["version"])
        if not version[:1].isdigit():
            raise forms.ValidationError("Lowest version must begin with a number, like 17.4")
        return version


class EntitlementForm(GovukModelForm):
    """Which user case gets which device."""

    job_roles = DataChoices(required=False, help_text="None ticked: every job role.")
    work_styles = forms.MultipleChoiceField(
        choices=WorkStyle,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: every work style.",
    )

    class Meta:
        model = Entitlement
        fields = ["user_case", "device_model", "job_roles", "work_styles", "priority"]
        help_texts = {
            "user_case": "Who this is for, such as Field inspector.",
            "priority": "Where several match a person, the lowest number wins.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation_id = self.instance.programme.organisation_id
        models = DeviceModel.objects.filter(organisation=organisation_id)
        self.fields["device_model"].queryset = models  # type: ignore[attr-defined]
        self.fields["device_model"].empty_label = "Select a device model"  # type: ignore[attr-defined]
        offer_staff_words(self, organisation_id, job_roles="job_role")

    def clean_user_case(self) -> str:
        user_case = str(self.cleaned_data["user_case"])
        taken = f"{user_case} is entitled already; change that entitlement instead"
        refuse_taken(self, self.instance.programme.entitlements.all(), taken, user_case=user_case)
        return user_case

    def clean_priority(self) -> int:
        priority = int(self.cleaned_data["priority"])
        taken = f"Priority {priority} is taken by another entitlement; enter another number"
        refuse_taken(self, self.instance.programme.entitlements.all(), taken, priority=priority)
        return priority
