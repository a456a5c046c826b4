"""A factory for each model of fleet: the least that its constraints want, one organisation throughout.

`DeviceFactory(issued=True)`, `ApprovalFactory(withdrawn=True)` … give the states that tests ask for.
"""

from __future__ import annotations

import hashlib
import zlib
from datetime import date, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import uuid4

import factory
from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from fleet import models
from fleet.months import months_after
from fleet.services.sealing import seal, seal_bytes
from fleet.services.usage.heads import head_of
from fleet.versions import version_key
from fleet.vocabulary import (
    BulkStatus,
    BulkSubject,
    Control,
    CustodyKind,
    DeliveryStatus,
    DiscrepancyKind,
    Enrolment,
    FormFactor,
    ImportOutcome,
    ImportStatus,
    LifeCycle,
    OrganisationKind,
    Platform,
    SignInMethod,
    SignInOutcome,
    SiteKind,
    SwitchState,
)

M = TypeVar("M", bound=Model)
AUTHENTICATOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class ModelFactory(factory.django.DjangoModelFactory[M], Generic[M]):
    """Calling a factory gives a saved row, which factory-boy's own types do not say."""

    if TYPE_CHECKING:

        def __new__(cls, **kwargs: Any) -> M: ...  # type: ignore[misc]

    class Meta:
        abstract = True


SHIPPING = (
    "fleet.migrations._shipped_roles",
    "fleet.migrations.0026_roles_in_lines",
    "feedback.migrations.0002_roles_in_feedback",
)


def shipped_role(key: str) -> models.Role:
    """One of the roles that a migration ships; a test that empties the tables takes them away."""
    if not models.Role.objects.exists():
        for migration in SHIPPING:
            import_module(migration).ship(apps, None)
    return models.Role.objects.get(key=key)


class OrganisationFactory(ModelFactory[models.Organisation]):
    class Meta:
        model = models.Organisation
        django_get_or_create = ("code",)

    code = "DEPT"
    name = factory.LazyAttribute(lambda o: f"Organisation {o.code}")
    kind = OrganisationKind.DEPARTMENT


class UserFactory(ModelFactory[models.User]):
    """Somebody without a usable password: tests sign in by `client_of`, save those of the sign-in page."""

    class Meta:
        model = models.User

    email = factory.Sequence(lambda n: f"person{n}@example.test")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = "!"


class RoleFactory(ModelFactory[models.Role]):
    class Meta:
        model = models.Role

    key = factory.Sequence(lambda n: f"role-{n}")
    name = factory.LazyAttribute(lambda o: o.key.capitalize())
    permissions = factory.LazyFunction(list)


class GrantFactory(ModelFactory[models.Grant]):
    """`sites=[…]` limits the grant to them."""

    class Meta:
        model = models.Grant
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = factory.LazyFunction(lambda: shipped_role("it-manager"))

    @factory.post_generation  # type: ignore[untyped-decorator]
    def sites(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.sites.set(extracted or [])


class InvitationFactory(ModelFactory[models.Invitation]):
    """Pending, its link not known to anybody; `sites=[…]` limits the role to them."""

    class Meta:
        model = models.Invitation
        skip_postgeneration_save = True

    class Params:
        accepted = factory.Trait(state="accepted", accepted_at=factory.LazyFunction(timezone.now), digest="")
        withdrawn = factory.Trait(
            state="withdrawn", withdrawn_at=factory.LazyFunction(timezone.now), digest=""
        )
        expired = factory.Trait(expires_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)))

    email = factory.Sequence(lambda n: f"invited{n}@example.test")
    organisation = factory.SubFactory(OrganisationFactory)
    role = factory.LazyFunction(lambda: shipped_role("engineer"))
    digest = factory.Sequence(lambda n: hashlib.sha256(f"invitation{n}".encode()).hexdigest())
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))

    @factory.post_generation  # type: ignore[untyped-decorator]
    def sites(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.sites.set(extracted or [])


class ApiTokenFactory(ModelFactory[models.ApiToken]):
    class Meta:
        model = models.ApiToken

    user = factory.SubFactory(UserFactory)
    digest = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    hint = factory.Sequence(lambda n: f"trn_{n}")


class ClassificationSchemeFactory(ModelFactory[models.ClassificationScheme]):
    class Meta:
        model = models.ClassificationScheme
        django_get_or_create = ("organisation", "code")

    organisation = factory.SubFactory(OrganisationFactory)
    code = "Marking scheme"
    name = factory.SelfAttribute("code")


class SessionFactory(ModelFactory[models.Session]):
    """Somebody's browser, signed in; no cookie leads to it."""

    class Meta:
        model = models.Session

    session_key = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    user = factory.SubFactory(UserFactory)
    ip_address = "192.0.2.7"
    browser = "Firefox on Windows"
    signed_in_at = factory.LazyFunction(timezone.now)
    expire_date = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=12))


class SignInEventFactory(ModelFactory[models.SignInEvent]):
    class Meta:
        model = models.SignInEvent

    user = factory.SubFactory(UserFactory)
    outcome = SignInOutcome.SIGNED_IN
    method = SignInMethod.PASSWORD
    ip_address = "192.0.2.7"
    browser = "Firefox on Windows"


class SecondFactorFactory(ModelFactory[models.SecondFactor]):
    """An app whose secret is `AUTHENTICATOR`."""

    class Meta:
        model = models.SecondFactor

    user = factory.SubFactory(UserFactory)
    secret = factory.LazyFunction(lambda: seal(AUTHENTICATOR))


class RecoveryCodeFactory(ModelFactory[models.RecoveryCode]):
    class Meta:
        model = models.RecoveryCode

    second_factor = factory.SubFactory(SecondFactorFactory)
    digest = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())


class ClassificationFactory(ModelFactory[models.Classification]):
    class Meta:
        model = models.Classification

    organisation = factory.SubFactory(OrganisationFactory)
    scheme = factory.SubFactory(
        ClassificationSchemeFactory, organisation=factory.SelfAttribute("..organisation")
    )
    code = factory.Sequence(lambda n: f"C{n}")
    name = factory.LazyAttribute(lambda o: f"Marking {o.code}")
    rank = factory.Sequence(lambda n: n)


class ClassificationMappingFactory(ModelFactory[models.ClassificationMapping]):
    """From a classification of one scheme to one of another."""

    class Meta:
        model = models.ClassificationMapping

    organisation = factory.SubFactory(OrganisationFactory)
    classification = factory.SubFactory(
        ClassificationFactory, organisation=factory.SelfAttribute("..organisation")
    )
    becomes = factory.SubFactory(
        ClassificationFactory,
        organisation=factory.SelfAttribute("..organisation"),
        scheme__code="New scheme",
    )


class SchemeSwitchFactory(ModelFactory[models.SchemeSwitch]):
    """A draft of a switch in four weeks."""

    class Meta:
        model = models.SchemeSwitch

    class Params:
        scheduled = factory.Trait(
            state=SwitchState.SCHEDULED, scheduled_at=factory.LazyFunction(timezone.now)
        )

    organisation = factory.SubFactory(OrganisationFactory)
    from_scheme = factory.SubFactory(
        ClassificationSchemeFactory, organisation=factory.SelfAttribute("..organisation")
    )
    to_scheme = factory.SubFactory(
        ClassificationSchemeFactory, organisation=factory.SelfAttribute("..organisation"), code="New scheme"
    )
    switches_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(weeks=4))


class ApprovalFactory(ModelFactory[models.Approval]):
    class Meta:
        model = models.Approval

    class Params:
        withdrawn = factory.Trait(withdrawn_at=factory.LazyFunction(timezone.now))

    organisation = factory.SubFactory(OrganisationFactory)
    classification = factory.SubFactory(
        ClassificationFactory, organisation=factory.SelfAttribute("..organisation")
    )
    platform = Platform.IPADOS
    minimum_version = "17.0"
    authority = "Security board"
    valid_from = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))


class SavedViewFactory(ModelFactory[models.SavedView]):
    class Meta:
        model = models.SavedView

    organisation = factory.SubFactory(OrganisationFactory)
    owner = factory.SubFactory(UserFactory)
    list = "devices"
    name = factory.Sequence(lambda n: f"View {n}")
    query = "life_cycle=issued"
    is_shared = True


class ConditionFactory(ModelFactory[models.Condition]):
    class Meta:
        model = models.Condition

    class Params:
        statement = factory.Trait(control=Control.STATEMENT, name="Users have been briefed.")

    approval = factory.SubFactory(ApprovalFactory)
    control = Control.ENCRYPTED


class SiteFactory(ModelFactory[models.Site]):
    class Meta:
        model = models.Site

    organisation = factory.SubFactory(OrganisationFactory)
    code = factory.Sequence(lambda n: f"S{n:04}")
    name = factory.LazyAttribute(lambda o: f"Site {o.code}")
    kind = SiteKind.LOCAL_OFFICE


class StaffMemberFactory(ModelFactory[models.StaffMember]):
    class Meta:
        model = models.StaffMember

    organisation = factory.SubFactory(OrganisationFactory)
    site = factory.SubFactory(SiteFactory, organisation=factory.SelfAttribute("..organisation"))
    staff_number = factory.Sequence(lambda n: f"{n:06}")
    name = factory.LazyAttribute(lambda o: f"Staff {o.staff_number}")
    email = factory.LazyAttribute(lambda o: f"staff{o.staff_number}@example.test")
    job_role = "Field inspector"


class DeviceModelFactory(ModelFactory[models.DeviceModel]):
    class Meta:
        model = models.DeviceModel

    organisation = factory.SubFactory(OrganisationFactory)
    manufacturer = "Maker"
    name = factory.Sequence(lambda n: f"Tablet {n}")
    identifier = factory.Sequence(lambda n: f"tab{n},1")
    platform = Platform.IPADOS
    form_factor = FormFactor.TABLET


class DeviceFactory(ModelFactory[models.Device]):
    """In stock at a site, not yet seen by an MDM."""

    class Meta:
        model = models.Device

    class Params:
        issued = factory.Trait(
            life_cycle=LifeCycle.ISSUED,
            issued_at=factory.LazyFunction(timezone.now),
            holder=factory.SubFactory(
                StaffMemberFactory,
                organisation=factory.SelfAttribute("..organisation"),
                site=factory.SelfAttribute("..site"),
            ),
        )
        enrolled = factory.Trait(
            enrolment=Enrolment.ENROLLED,
            encrypted=True,
            passcode=True,
            supervised=True,
            compliance="compliant",
        )

    organisation = factory.SubFactory(OrganisationFactory)
    site = factory.SubFactory(SiteFactory, organisation=factory.SelfAttribute("..organisation"))
    model = factory.SubFactory(DeviceModelFactory, organisation=factory.SelfAttribute("..organisation"))
    platform = factory.SelfAttribute("model.platform")
    asset_tag = factory.Sequence(lambda n: f"TAG-{n:05}")
    serial = factory.Sequence(lambda n: f"SN{n:08}")


class HeartbeatFactory(ModelFactory[models.Heartbeat]):
    class Meta:
        model = models.Heartbeat

    device = factory.SubFactory(DeviceFactory)
    last_seen_at = factory.LazyFunction(timezone.now)


class SimFactory(ModelFactory[models.Sim]):
    class Meta:
        model = models.Sim

    organisation = factory.SubFactory(OrganisationFactory)
    iccid = factory.Sequence(lambda n: f"8944{n:015}")


class TariffFactory(ModelFactory[models.Tariff]):
    """1 GB a month for £5, and £50 for a month above it."""

    class Meta:
        model = models.Tariff

    organisation = factory.SubFactory(OrganisationFactory)
    carrier = "Example Mobile"
    name = factory.Sequence(lambda n: f"1 GB {n}")
    rental_pence = 500
    data_allowance_bytes = 1_000_000_000
    over_pence = 5000


class LineFactory(ModelFactory[models.Line]):
    """Open, without a SIM or holder; `on_sim=True` is on a SIM in a device."""

    class Meta:
        model = models.Line

    class Params:
        on_sim = factory.Trait(
            sim=factory.SubFactory(
                SimFactory,
                organisation=factory.SelfAttribute("..organisation"),
                device=factory.SubFactory(
                    DeviceFactory, organisation=factory.SelfAttribute("..organisation")
                ),
            )
        )

    organisation = factory.SubFactory(OrganisationFactory)
    msisdn = factory.Sequence(lambda n: f"+447700{n:06}")
    carrier = "Example Mobile"
    starts_on = date(2026, 1, 1)


class SimPairingFactory(ModelFactory[models.SimPairing]):
    """One of the past; a SIM that is in a device has its own by itself."""

    class Meta:
        model = models.SimPairing

    sim = factory.SubFactory(SimFactory)
    device = factory.SubFactory(DeviceFactory, organisation=factory.SelfAttribute("..sim.organisation"))
    from_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=60))
    until_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=30))


class LinePairingFactory(ModelFactory[models.LinePairing]):
    """One of the past; a line that is on a SIM has its own by itself."""

    class Meta:
        model = models.LinePairing

    line = factory.SubFactory(LineFactory)
    sim = factory.SubFactory(SimFactory, organisation=factory.SelfAttribute("..line.organisation"))
    from_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=60))
    until_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=30))


class CarrierMappingFactory(ModelFactory[models.CarrierMapping]):
    class Meta:
        model = models.CarrierMapping

    organisation = factory.SubFactory(OrganisationFactory)
    carrier = "Example Mobile"
    signature = factory.Sequence(lambda n: f"data number {n}")
    shape = "summary"
    columns = factory.LazyFunction(lambda: {"number": "number", "data": "data"})


class UsageBatchFactory(ModelFactory[models.UsageBatch]):
    class Meta:
        model = models.UsageBatch

    organisation = factory.SubFactory(OrganisationFactory)
    carrier = "Example Mobile"
    name = "bill.csv"
    digest = factory.Sequence(lambda n: f"{n:064}")


class UsageRecordFactory(ModelFactory[models.UsageRecord]):
    """January 2026, 0.5 GB, as the carrier billed it."""

    class Meta:
        model = models.UsageRecord

    organisation = factory.SelfAttribute("line.organisation")
    line = factory.SubFactory(LineFactory)
    origin = "carrier"
    period_start = date(2026, 1, 1)
    period_end = factory.LazyAttribute(lambda o: months_after(o.period_start, 1) - timedelta(days=1))
    through_on = factory.SelfAttribute("period_end")
    month = factory.LazyAttribute(lambda o: o.period_start.replace(day=1))
    data_bytes = 500_000_000
    allowance_bytes = factory.LazyAttribute(lambda o: o.line.tariff and o.line.tariff.data_allowance_bytes)
    batch = factory.SubFactory(UsageBatchFactory, organisation=factory.SelfAttribute("..organisation"))


class UsageForecastFactory(ModelFactory[models.UsageForecast]):
    class Meta:
        model = models.UsageForecast

    organisation = factory.SelfAttribute("line.organisation")
    line = factory.SubFactory(LineFactory)
    made_on = date(2026, 1, 16)
    period_start = date(2026, 1, 1)
    period_end = date(2026, 1, 31)
    method = "linear"
    n = 15
    used_bytes = 600_000_000
    expected_bytes = 1_240_000_000
    allowance_bytes = 1_000_000_000


class CustodyEventFactory(ModelFactory[models.CustodyEvent]):
    class Meta:
        model = models.CustodyEvent

    device = factory.SubFactory(DeviceFactory)
    kind = CustodyKind.RECEIVED
    at = factory.LazyFunction(timezone.now)


class BulkChangeFactory(ModelFactory[models.BulkChange]):
    """Made, of devices; `waiting=True` for one that nobody has confirmed yet."""

    class Meta:
        model = models.BulkChange

    class Params:
        waiting = factory.Trait(status=BulkStatus.WAITING, done_at=None, context_id=None)

    status = BulkStatus.DONE
    organisation = factory.SubFactory(OrganisationFactory)
    subject = BulkSubject.DEVICES
    verb = "life-cycle"
    value = factory.LazyFunction(lambda: {"kind": "retired", "site": None, "note": ""})
    value_words = "Life cycle: retired"
    filter_words = "No filters: all of them"
    made_by = factory.SubFactory(UserFactory)
    done_at = factory.LazyFunction(timezone.now)
    context_id = factory.LazyFunction(uuid4)


class MdmSourceFactory(ModelFactory[models.MdmSource]):
    class Meta:
        model = models.MdmSource

    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence(lambda n: f"source-{n}")
    name = factory.LazyAttribute(lambda o: o.slug.capitalize())


class SourceTokenFactory(ModelFactory[models.SourceToken]):
    class Meta:
        model = models.SourceToken

    source = factory.SubFactory(MdmSourceFactory)
    digest = factory.Sequence(lambda n: hashlib.sha256(f"source{n}".encode()).hexdigest())
    hint = factory.Sequence(lambda n: f"mdm_{n}")


class DeliveryFactory(ModelFactory[models.Delivery]):
    class Meta:
        model = models.Delivery

    class Params:
        applied = factory.Trait(status=DeliveryStatus.APPLIED, applied_at=factory.LazyFunction(timezone.now))
        failed = factory.Trait(status=DeliveryStatus.FAILED, error="It could not be read.")
        expired = factory.Trait(status=DeliveryStatus.EXPIRED, error="It could not be read.", body=b"")
        quarantined = factory.Trait(
            status=DeliveryStatus.QUARANTINED,
            error="The JSON is broken.",
            body=factory.LazyFunction(lambda: seal_bytes(zlib.compress(b"{"))),
        )

    source = factory.SubFactory(MdmSourceFactory)
    content_type = "application/json"
    digest = factory.Sequence(lambda n: hashlib.sha256(f"delivery{n}".encode()).hexdigest())
    body = factory.LazyFunction(lambda: zlib.compress(b'{"devices": []}'))
    size_bytes = 15


class SourceRecordFactory(ModelFactory[models.SourceRecord]):
    class Meta:
        model = models.SourceRecord

    device = factory.SubFactory(DeviceFactory)
    mdm_source = factory.SubFactory(
        MdmSourceFactory, organisation=factory.SelfAttribute("..device.organisation")
    )
    source_id = factory.Sequence(lambda n: f"id-{n}")
    observed_at = factory.LazyFunction(timezone.now)
    digest = 0


class SourceRankFactory(ModelFactory[models.SourceRank]):
    class Meta:
        model = models.SourceRank

    source = factory.SubFactory(MdmSourceFactory)
    organisation = factory.SelfAttribute("source.organisation")
    group = "operating_system"
    rank = factory.Sequence(lambda n: n + 1)


class RankingFactory(ModelFactory[models.Ranking]):
    class Meta:
        model = models.Ranking

    organisation = factory.SubFactory(OrganisationFactory)


class DeviceEventFactory(ModelFactory[models.DeviceEvent]):
    class Meta:
        model = models.DeviceEvent

    device = factory.SubFactory(DeviceFactory)
    source = factory.SubFactory(MdmSourceFactory, organisation=factory.SelfAttribute("..device.organisation"))
    kind = "enrolled"
    at = factory.LazyFunction(timezone.now)
    is_exact = True


class FormerIdentifierFactory(ModelFactory[models.FormerIdentifier]):
    class Meta:
        model = models.FormerIdentifier

    device = factory.SubFactory(DeviceFactory)
    organisation = factory.SelfAttribute("device.organisation")
    kind = "serial"
    value = factory.Sequence(lambda n: f"OLD{n:06}")


class IdentityConflictFactory(ModelFactory[models.IdentityConflict]):
    class Meta:
        model = models.IdentityConflict

    class Params:
        resolved = factory.Trait(
            status="resolved",
            resolved_at=factory.LazyFunction(timezone.now),
            resolution="It is the first of the two.",
        )

    source = factory.SubFactory(MdmSourceFactory)
    organisation = factory.SelfAttribute("source.organisation")
    kind = "hw_id"
    value = factory.Sequence(lambda n: f"hw-{n}")
    record = factory.LazyFunction(dict)
    observed_at = factory.LazyFunction(timezone.now)


class IdentityClaimFactory(ModelFactory[models.IdentityClaim]):
    class Meta:
        model = models.IdentityClaim

    organisation = factory.SubFactory(OrganisationFactory)
    kind = "hw_id"
    value = factory.Sequence(lambda n: f"claimed-{n}")


class CourseFactory(ModelFactory[models.Course]):
    class Meta:
        model = models.Course

    organisation = factory.SubFactory(OrganisationFactory)
    code = factory.Sequence(lambda n: f"COURSE-{n}")
    name = factory.LazyAttribute(lambda o: f"Course {o.code}")


class TrainingRecordFactory(ModelFactory[models.TrainingRecord]):
    """Done a month ago; `course__validity_months=12` makes it run out in eleven."""

    class Meta:
        model = models.TrainingRecord

    staff_member = factory.SubFactory(StaffMemberFactory)
    organisation = factory.SelfAttribute("staff_member.organisation")
    course = factory.SubFactory(CourseFactory, organisation=factory.SelfAttribute("..organisation"))
    completed_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))


class ContractFactory(ModelFactory[models.Contract]):
    """Runs for a year, a month of which is over."""

    class Meta:
        model = models.Contract

    organisation = factory.SubFactory(OrganisationFactory)
    supplier = "Telephone company"
    reference = factory.Sequence(lambda n: f"C/{n:04}")
    title = factory.LazyAttribute(lambda o: f"Phones {o.reference}")
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=335))


class ContractModelFactory(ModelFactory[models.ContractModel]):
    class Meta:
        model = models.ContractModel

    contract = factory.SubFactory(ContractFactory)
    device_model = factory.SubFactory(
        DeviceModelFactory, organisation=factory.SelfAttribute("..contract.organisation")
    )


class ImportFactory(ModelFactory[models.Import]):
    """Waits for a worker to check it."""

    class Meta:
        model = models.Import

    class Params:
        checked = factory.Trait(status=ImportStatus.CHECKED)
        applied = factory.Trait(
            status=ImportStatus.APPLIED,
            confirmed_at=factory.LazyFunction(timezone.now),
            applied_at=factory.LazyFunction(timezone.now),
        )
        failed = factory.Trait(status=ImportStatus.FAILED, error="It could not be read.")
        bill = factory.Trait(
            kind="usage",
            permission="lines.manage",
            file_name="bill.csv",
            content=factory.LazyFunction(lambda: zlib.compress(b"Number,Data\n07700900123,1 MB\n")),
            head=factory.LazyAttribute(lambda o: head_of(zlib.decompress(o.content)) if o.content else b""),
        )

    organisation = factory.SubFactory(OrganisationFactory)
    kind = "sites"
    permission = "sites.change"
    file_name = "sites.csv"
    content = factory.LazyFunction(lambda: zlib.compress(b"code,name\nA,Alpha\n"))
    size_bytes = 18


class ImportLineFactory(ModelFactory[models.ImportLine]):
    class Meta:
        model = models.ImportLine

    file = factory.SubFactory(ImportFactory)
    number = factory.Sequence(lambda n: n + 2)
    outcome = ImportOutcome.CREATED


class ImportHeaderFactory(ModelFactory[models.ImportHeader]):
    class Meta:
        model = models.ImportHeader

    organisation = factory.SubFactory(OrganisationFactory)
    kind = "sites"
    header = factory.Sequence(lambda n: f"header_{n}")


class SiteAliasFactory(ModelFactory[models.SiteAlias]):
    class Meta:
        model = models.SiteAlias

    site = factory.SubFactory(SiteFactory)
    organisation = factory.SelfAttribute("site.organisation")
    spelling = factory.Sequence(lambda n: f"spelling {n}")


class AccessRecordFactory(ModelFactory[models.AccessRecord]):
    class Meta:
        model = models.AccessRecord

    user = factory.SubFactory(UserFactory)
    channel = "page"
    what = "people"
    rows = 50
    organisations = factory.LazyFunction(list)


class DigestFactory(ModelFactory[models.Digest]):
    class Meta:
        model = models.Digest

    day = factory.LazyFunction(timezone.localdate)
    since = factory.LazyAttribute(lambda o: o.day - timedelta(days=1))


class UnwantedNewsFactory(ModelFactory[models.UnwantedNews]):
    class Meta:
        model = models.UnwantedNews

    user = factory.SubFactory(UserFactory)
    kind = "feedback.round_up"


class ErasureFactory(ModelFactory[models.Erasure]):
    class Meta:
        model = models.Erasure

    staff_member = factory.SubFactory(StaffMemberFactory)
    organisation = factory.SelfAttribute("staff_member.organisation")
    digest = factory.Sequence(lambda n: f"{n:064}")
    asked_by = "person"
    reason = "Case 1"


class PruningFactory(ModelFactory[models.Pruning]):
    class Meta:
        model = models.Pruning

    what = "changes"
    rows = 1
    before = factory.LazyFunction(timezone.now)


class DiscrepancyFactory(ModelFactory[models.Discrepancy]):
    class Meta:
        model = models.Discrepancy

    device = factory.SubFactory(DeviceFactory)
    organisation = factory.SelfAttribute("device.organisation")
    kind = DiscrepancyKind.CLOSED_SITE.value
    subject = factory.LazyAttribute(lambda o: f"device:{o.device.pk}")
    site = factory.SelfAttribute("device.site")
    person = factory.SelfAttribute("device.holder")
    first_found_at = factory.LazyFunction(timezone.now)
    last_found_at = factory.LazyFunction(timezone.now)


class MeasuredDayFactory(ModelFactory[models.MeasuredDay]):
    class Meta:
        model = models.MeasuredDay

    organisation = factory.SubFactory(OrganisationFactory)
    day = factory.LazyFunction(timezone.localdate)


class DayCountFactory(ModelFactory[models.DayCount]):
    """Devices in use with a version of an OS: `version_key` follows `version`."""

    class Meta:
        model = models.DayCount

    organisation = factory.SubFactory(OrganisationFactory)
    day = factory.LazyFunction(timezone.localdate)
    measure = "os"
    group = "ipados"
    version = "17.4"
    version_key = factory.LazyAttribute(lambda o: version_key(o.version))
    count = 1


class TrackedProductFactory(ModelFactory[models.TrackedProduct]):
    class Meta:
        model = models.TrackedProduct

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Product {n}")
    category = "other"
    patterns = factory.LazyAttribute(lambda o: [o.name.lower()])


class DeviceProductFactory(ModelFactory[models.DeviceProduct]):
    class Meta:
        model = models.DeviceProduct

    device = factory.SubFactory(DeviceFactory)
    product = "Google Chrome"
    version = "131.0"
    version_key = factory.LazyAttribute(lambda o: version_key(o.version))


class OsSupportFactory(ModelFactory[models.OsSupport]):
    class Meta:
        model = models.OsSupport

    organisation = factory.SubFactory(OrganisationFactory)
    platform = "windows"
    version = factory.Sequence(lambda n: f"10.0.{n}")
    supported_until = factory.LazyFunction(timezone.localdate)
    source = "The maker's page"


class DismissalFactory(ModelFactory[models.Dismissal]):
    class Meta:
        model = models.Dismissal

    organisation = factory.SubFactory(OrganisationFactory)
    kind = DiscrepancyKind.CLOSED_SITE.value
    subject = factory.Sequence(lambda n: f"device:{n}")
    reason = "It is on its way."
    until = factory.LazyFunction(timezone.localdate)


class DiscrepancyCountFactory(ModelFactory[models.DiscrepancyCount]):
    class Meta:
        model = models.DiscrepancyCount

    organisation = factory.SubFactory(OrganisationFactory)
    day = factory.LazyFunction(timezone.localdate)
    kind = DiscrepancyKind.CLOSED_SITE.value
    found = 1
    dismissed = 0
    pence_at_stake = 0
