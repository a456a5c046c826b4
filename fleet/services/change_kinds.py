"""The kinds of rows whose changes an organisation can look through, and who may read which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from fleet.history import BEFORE
from fleet.models import (
    ApiToken,
    Approval,
    CarrierMapping,
    Classification,
    ClassificationMapping,
    ClassificationScheme,
    Condition,
    Contract,
    ContractModel,
    Course,
    Device,
    DeviceModel,
    Dismissal,
    Grant,
    GrantSite,
    IdentityConflict,
    ImportHeader,
    Invitation,
    Line,
    MdmSource,
    Organisation,
    OsSupport,
    Role,
    SavedView,
    SchemeSwitch,
    SecondFactor,
    Sim,
    Site,
    SiteAlias,
    SourceRank,
    SourceToken,
    StaffMember,
    Tariff,
    TrackedProduct,
    TrainingRecord,
    UnwantedNews,
    User,
)
from fleet.web import text

# Kept for the machine: sort keys of versions, and what never changes.
HIDDEN = frozenset({"id", "os_key", "minimum_key", "version_key", "created_at"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rows with a change log.

    `organisation` is the look-up path from one of its events, `url_name` the page of one row, if it has one.
    `sites` are the paths to where the row is now: with a role at some sites one reads of the rows there.
    `scope` says for a person which events those are, where no such path leads to one organisation.
    `one` and `many` are what its rows are called in a count, unless the title says it.
    """

    title: str
    model: type[models.Model]
    organisation: str = "organisation"
    url_name: str = ""
    sites: tuple[str, ...] = ()
    one: str = ""
    many: str = ""
    scope: Callable[[User], Q] | None = None

    @property
    def events(self) -> Any:
        """The model of its events."""
        return self.model._meta.get_field("changes").related_model

    @property
    def fields(self) -> list[Any]:
        """What its change log tells of a row."""
        return [
            field
            for field in self.events._meta.concrete_fields
            if not field.name.startswith("pgh_") and field.name not in HIDDEN
        ]

    def counted(self, count: int) -> str:
        """“1 device”, “412 devices”."""
        many = self.many or self.title[:1].lower() + self.title[1:]
        return text.counted(count, self.one or many.removesuffix("s"), many)


def _of_holders(user: User) -> Q:
    """What belongs to people who hold or held a role where one reads the change log."""
    where = sorted(user.access.organisation_ids("history.view"))
    return Q(user__in=User.objects.filter(grants__organisation__in=where).values("pk"))


def _of_roles(user: User) -> Q:
    """The shared roles, and those of organisations where one reads the change log."""
    where = sorted(user.access.organisation_ids("history.view"))
    return Q(organisation=None) | Q(organisation__in=where) if where else Q(pk__in=())


def _of_shared(user: User) -> Q:
    """Views of lists while they are shared: one's own concern nobody else."""
    return Q(is_shared=True) & user.access.scope("history.view", sites=())


KINDS: dict[str, Kind] = {
    "devices": Kind(
        "Devices", Device, url_name="fleet:device-detail", sites=("pgh_obj__site", "pgh_obj__holder__site")
    ),
    "people": Kind(
        "People", StaffMember, url_name="fleet:person-detail", sites=("pgh_obj__site",), one="person"
    ),
    "sites": Kind("Sites", Site, url_name="fleet:site-detail", sites=("pgh_obj",)),
    "models": Kind("Device models", DeviceModel, url_name="fleet:model-detail"),
    "sims": Kind(
        "SIMs",
        Sim,
        sites=("pgh_obj__device__site", "pgh_obj__device__holder__site"),
        one="SIM",
        many="SIMs",
    ),
    "lines": Kind(
        "Phone lines",
        Line,
        url_name="fleet:line-detail",
        sites=("pgh_obj__holder__site", "pgh_obj__sim__device__site", "pgh_obj__sim__device__holder__site"),
    ),
    "tariffs": Kind("Tariffs", Tariff, url_name="fleet:tariff-detail"),
    "carrier-mappings": Kind(
        "How carriers’ bills are read",
        CarrierMapping,
        url_name="fleet:carrier-mapping-detail",
        one="way to read a carrier’s bills",
        many="ways to read carriers’ bills",
    ),
    "approvals": Kind("Approvals", Approval, url_name="fleet:approval-detail"),
    "conditions": Kind(
        "Conditions of approvals", Condition, "approval__organisation", one="condition", many="conditions"
    ),
    "schemes": Kind("Classification schemes", ClassificationScheme, url_name="fleet:scheme-detail"),
    "classifications": Kind("Classifications", Classification, url_name="fleet:classification-detail"),
    "mappings": Kind(
        "What classifications become",
        ClassificationMapping,
        one="mapping of a classification",
        many="mappings of classifications",
    ),
    "switches": Kind(
        "Switches of schemes",
        SchemeSwitch,
        url_name="fleet:switch-detail",
        one="switch of schemes",
        many="switches of schemes",
    ),
    "courses": Kind(
        "Training and policies", Course, url_name="fleet:course-detail", one="course", many="courses"
    ),
    "training": Kind("Training records", TrainingRecord, sites=("staff_member__site",)),
    "contracts": Kind("Contracts", Contract, url_name="fleet:contract-detail"),
    "contract-models": Kind(
        "Device models of contracts",
        ContractModel,
        "contract__organisation",
        one="device model of a contract",
        many="device models of contracts",
    ),
    "roles": Kind("Roles given", Grant, url_name="fleet:grant-detail", one="role given", many="roles given"),
    "role-sites": Kind(
        "Sites of roles given",
        GrantSite,
        "grant__organisation",
        one="site of a role given",
        many="sites of roles given",
    ),
    "role-permissions": Kind("What roles permit", Role, scope=_of_roles, one="role", many="roles"),
    "tokens": Kind("API tokens", ApiToken, scope=_of_holders, one="API token", many="API tokens"),
    "invitations": Kind("Invitations", Invitation, url_name="fleet:invitation-detail"),
    "views": Kind(
        "Shared views of lists", SavedView, scope=_of_shared, one="shared view", many="shared views"
    ),
    "sources": Kind(
        "MDM sources", MdmSource, url_name="fleet:source-detail", one="MDM source", many="MDM sources"
    ),
    "source-ranks": Kind(
        "Who wins between MDM sources",
        SourceRank,
        one="place of an MDM source",
        many="places of MDM sources",
    ),
    "os-support": Kind("Ends of OS support", OsSupport, one="end of OS support", many="ends of OS support"),
    "tracked-products": Kind(
        "Software that matters", TrackedProduct, one="followed product", many="followed products"
    ),
    "source-tokens": Kind(
        "Tokens of MDM sources",
        SourceToken,
        "source__organisation",
        one="token of an MDM source",
        many="tokens of MDM sources",
    ),
    "conflicts": Kind(
        "MDM conflicts",
        IdentityConflict,
        url_name="fleet:conflict-detail",
        one="MDM conflict",
        many="MDM conflicts",
    ),
    "dismissals": Kind("Dismissals of discrepancies", Dismissal, one="dismissal", many="dismissals"),
    "site-aliases": Kind(
        "Spellings of sites in files",
        SiteAlias,
        one="spelling of a site",
        many="spellings of sites",
    ),
    "import-headers": Kind("Headers of files", ImportHeader, one="header of a file", many="headers of files"),
    "organisations": Kind("Organisations", Organisation, "id"),
    "second-factors": Kind("Second factors", SecondFactor, scope=_of_holders, one="second factor"),
    "unwanted-news": Kind(
        "News not wanted by mail",
        UnwantedNews,
        scope=_of_holders,
        one="kind of news not wanted",
        many="kinds of news not wanted",
    ),
}


def register(**kinds: Kind) -> None:
    """An app adds the kinds whose changes it wants shown when it is ready."""
    KINDS.update(kinds)


def visible_events(kind: Kind, user: User) -> QuerySet[Any]:
    """Events of a kind where this person may read the change log."""
    if kind.scope:
        scope = kind.scope(user)
    else:
        scope = user.access.scope("history.view", organisation=kind.organisation, sites=kind.sites)
    found: QuerySet[Any] = kind.events._default_manager.filter(scope).exclude(pgh_label=BEFORE)
    return found
