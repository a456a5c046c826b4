"""What the revenue department buys, and what its security authority approved."""

from __future__ import annotations

import datetime as dt

from fleet.models import (
    Approval,
    Classification,
    ClassificationMapping,
    ClassificationScheme,
    Condition,
    DeviceModel,
    Organisation,
    SchemeSwitch,
)
from fleet.versions import version_key
from fleet.vocabulary import AssistiveTechnology as Needs
from fleet.vocabulary import Carrying, Control, FormFactor, Platform

CONTAINER = "Managed container"
BRIEFING = "Users are briefed on working with information outside the office"
APPLE_NEEDS: list[Needs] = [need for need in Needs if need != Needs.KEYBOARD_ONLY]

# name: manufacturer, maker's identifier, platform, form factor, pounds, years of support left, needs met
Listing = tuple[str, str, Platform, FormFactor, int, float, list[Needs]]
MODELS: dict[str, Listing] = {
    "iPad Pro 13-inch": ("Apple", "iPad16,6", Platform.IPADOS, FormFactor.TABLET, 1399, 5, APPLE_NEEDS),
    "iPad Air 11-inch": ("Apple", "iPad14,9", Platform.IPADOS, FormFactor.TABLET, 749, 4.5, APPLE_NEEDS),
    "MacBook Air 13-inch": ("Apple", "Mac15,12", Platform.MACOS, FormFactor.LAPTOP, 1099, 5, list(Needs)),
    "Galaxy Tab Active5": (
        "Samsung",
        "SM-X306B",
        Platform.ANDROID,
        FormFactor.TABLET,
        549,
        4,
        [Needs.SCREEN_READER, Needs.MAGNIFICATION, Needs.CAPTIONS, Needs.SPEECH_INPUT],
    ),
    "iPhone SE": ("Apple", "iPhone14,6", Platform.IOS, FormFactor.PHONE, 429, 1.5, APPLE_NEEDS),
    "OptiPlex 3020": ("Dell", "OptiPlex 3020", Platform.WINDOWS, FormFactor.DESKTOP, 420, -3, list(Needs)),
    "EliteDesk 800 G2": (
        "HP",
        "HP EliteDesk 800 G2",
        Platform.WINDOWS,
        FormFactor.DESKTOP,
        510,
        -0.5,
        list(Needs),
    ),
    "OptiPlex 7010": ("Dell", "OptiPlex 7010", Platform.WINDOWS, FormFactor.DESKTOP, 640, 3, list(Needs)),
    "ThinkPad T440": ("Lenovo", "20B7", Platform.WINDOWS, FormFactor.LAPTOP, 830, -2, list(Needs)),
    "EliteBook 840 G5": (
        "HP",
        "HP EliteBook 840 G5",
        Platform.WINDOWS,
        FormFactor.LAPTOP,
        920,
        0.7,
        list(Needs),
    ),
}
OLD_MODELS = {
    "OptiPlex 3020": 21,
    "EliteDesk 800 G2": 24,
    "OptiPlex 7010": 17,
    "ThinkPad T440": 16,
    "EliteBook 840 G5": 22,
}

FORMER_SCHEME = ("GPMS", "Government Protective Marking Scheme")
SCHEME = ("GSC", "Government Security Classifications")
NEXT_SCHEME = ("GIC", "Government Information Classifications")
NEXT_CODES = ("STANDARD", "GUARDED", "CRITICAL")
# What each becomes in the scheme to come, whether approvals for it carry over, and why.
NEXT_MAPPING = {
    "OFFICIAL": ("STANDARD", Carrying.FULL, ""),
    "OFFICIAL-SENSITIVE": (
        "GUARDED",
        Carrying.RENEW,
        "GUARDED asks for more than OFFICIAL-SENSITIVE did: the security officer decides on each platform.",
    ),
    "SECRET": ("GUARDED", Carrying.END, "No platform of ours was approved for it."),
}
NEXT_IN = dt.timedelta(weeks=9)
FORMER_CODES = ("PROTECT", "RESTRICTED", "CONFIDENTIAL")
CODES = ("OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET")
AUTHORITY = "Departmental security officer"

# platform: from version, up to classification, days until it runs out, controls
Listed = tuple[str, str, int, list[Control]]
APPROVALS: dict[Platform, Listed] = {
    Platform.IPADOS: (
        "17.4",
        "OFFICIAL-SENSITIVE",
        500,
        [Control.ENCRYPTED, Control.PASSCODE, Control.SUPERVISED, Control.SOFTWARE, Control.STATEMENT],
    ),
    Platform.MACOS: (
        "14.0",
        "OFFICIAL-SENSITIVE",
        420,
        [Control.ENCRYPTED, Control.PASSCODE, Control.STATEMENT],
    ),
    Platform.ANDROID: (
        "14",
        "OFFICIAL-SENSITIVE",
        48,
        [Control.ENCRYPTED, Control.PASSCODE, Control.SOFTWARE],
    ),
    Platform.WINDOWS: ("10.0.19045", "OFFICIAL-SENSITIVE", 300, [Control.ENCRYPTED]),
    Platform.IOS: ("16.0", "OFFICIAL", 200, [Control.PASSCODE]),
}


def make_models(organisation: Organisation, today: dt.date, names: list[str]) -> dict[str, DeviceModel]:
    """Those of `names`, stored, by name."""
    models = [_model(organisation, name, MODELS[name], today) for name in names]
    return {model.name: model for model in DeviceModel.objects.bulk_create(models)}


def _model(organisation: Organisation, name: str, listing: Listing, today: dt.date) -> DeviceModel:
    manufacturer, identifier, platform, form_factor, pounds, years, needs = listing
    return DeviceModel(
        organisation=organisation,
        manufacturer=manufacturer,
        name=name,
        identifier=identifier,
        platform=platform,
        form_factor=form_factor,
        price_pence=pounds * 100,
        supported_until=today + dt.timedelta(days=round(years * 365)),
        assistive_supported=needs,
    )


def make_classifications(organisation: Organisation, today: dt.date) -> dict[str, Classification]:
    """The scheme in force and the one before it, stored, by code."""
    changed_on = today - dt.timedelta(days=430)
    last_day = changed_on - dt.timedelta(days=1)
    return _ladder(organisation, FORMER_SCHEME, FORMER_CODES, valid_until=last_day) | _ladder(
        organisation, SCHEME, CODES, valid_from=changed_on
    )


def _ladder(
    organisation: Organisation, scheme: tuple[str, str], codes: tuple[str, ...], **dates: dt.date
) -> dict[str, Classification]:
    """A scheme, (code, name), with its classifications from the lowest up, stored, by code."""
    code, name = scheme
    stored = ClassificationScheme.objects.create(organisation=organisation, code=code, name=name, **dates)
    made = [
        Classification(organisation=organisation, scheme=stored, code=one, name=one, rank=rank, **dates)
        for rank, one in enumerate(codes, start=1)
    ]
    return {one.code: one for one in Classification.objects.bulk_create(made)}


def make_switch(
    organisation: Organisation, classifications: dict[str, Classification], today: dt.date
) -> None:
    """The draft of a switch to the scheme that the centre of government announced."""
    becomes = _ladder(organisation, NEXT_SCHEME, NEXT_CODES, valid_from=today + NEXT_IN)
    for code, (name, approvals, note) in NEXT_MAPPING.items():
        ClassificationMapping.objects.create(
            organisation=organisation,
            classification=classifications[code],
            becomes=becomes[name],
            approvals=approvals,
            note=note,
        )
    SchemeSwitch.objects.create(
        organisation=organisation,
        from_scheme=classifications["SECRET"].scheme,
        to_scheme=becomes["STANDARD"].scheme,
        switches_on=today + NEXT_IN,
    )


def make_approvals(
    organisation: Organisation,
    classifications: dict[str, Classification],
    today: dt.date,
    platforms: list[Platform],
) -> None:
    for number, platform in enumerate(platforms, start=1):
        version, code, days, controls = APPROVALS[platform]
        approval = Approval.objects.create(
            organisation=organisation,
            platform=platform,
            minimum_version=version,
            minimum_key=version_key(version),
            classification=classifications[code],
            authority=AUTHORITY,
            reference=f"SEC/{number:03}",
            valid_from=today - dt.timedelta(days=365),
            valid_until=today + dt.timedelta(days=days),
        )
        Condition.objects.bulk_create(_condition(approval, control, today) for control in controls)


def _condition(approval: Approval, control: Control, today: dt.date) -> Condition:
    condition = Condition(approval=approval, control=control)
    if control == Control.SOFTWARE:
        condition.name = CONTAINER
    if control == Control.STATEMENT:
        condition.name = BRIEFING
        condition.signed_by = "Head of security"
        condition.signed_on = today - dt.timedelta(days=90)
        condition.signed_until = today + dt.timedelta(days=275)
    return condition
