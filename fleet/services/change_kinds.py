"""The kinds of rows whose changes an organisation can look through, and who may read which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet

from fleet.models import (
    Approval,
    Classification,
    Condition,
    Device,
    DeviceModel,
    Grant,
    IdentityConflict,
    MdmSource,
    Organisation,
    Sim,
    Site,
    SourceToken,
    StaffMember,
    User,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rows with a change log.

    `organisation` is the look-up path from one of its events, `url_name` the page of one row, if it has one.
    """

    title: str
    model: type[models.Model]
    organisation: str = "organisation"
    url_name: str = ""


KINDS: dict[str, Kind] = {
    "devices": Kind("Devices", Device, url_name="fleet:device-detail"),
    "people": Kind("People", StaffMember, url_name="fleet:person-detail"),
    "sites": Kind("Sites", Site, url_name="fleet:site-detail"),
    "models": Kind("Device models", DeviceModel, url_name="fleet:model-detail"),
    "sims": Kind("SIMs", Sim),
    "approvals": Kind("Approvals", Approval, url_name="fleet:approval-detail"),
    "conditions": Kind("Conditions of approvals", Condition, "approval__organisation"),
    "classifications": Kind("Classifications", Classification),
    "roles": Kind("Roles given", Grant),
    "sources": Kind("MDM sources", MdmSource, url_name="fleet:source-detail"),
    "source-tokens": Kind("Tokens of MDM sources", SourceToken, "source__organisation"),
    "conflicts": Kind("MDM conflicts", IdentityConflict, url_name="fleet:conflict-detail"),
    "organisations": Kind("Organisations", Organisation, "id"),
}


def register(**kinds: Kind) -> None:
    """An app adds the kinds whose changes it wants shown when it is ready."""
    KINDS.update(kinds)


def visible_events(kind: Kind, user: User) -> QuerySet[Any]:
    """Events of a kind in the organisations where this person may read the change log."""
    events: Any = kind.model._meta.get_field("changes").related_model
    where = user.access.organisation_ids("history.view")
    found: QuerySet[Any] = events._default_manager.filter(**{f"{kind.organisation}__in": sorted(where)})
    return found
