"""One of everything in the department, and everybody who might come for it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from fleet.models import ApiToken, Organisation, User
from tests.conftest import ROLES, person_with
from tests.factories import (
    ApiTokenFactory,
    ApprovalFactory,
    BulkChangeFactory,
    CarrierMappingFactory,
    ClassificationFactory,
    ClassificationMappingFactory,
    ClassificationSchemeFactory,
    ConditionFactory,
    ContractFactory,
    CourseFactory,
    DeliveryFactory,
    DeviceEventFactory,
    DeviceFactory,
    DeviceModelFactory,
    DiscrepancyFactory,
    GrantFactory,
    IdentityConflictFactory,
    ImportFactory,
    InvitationFactory,
    LineFactory,
    MdmSourceFactory,
    OrganisationFactory,
    SavedViewFactory,
    SchemeSwitchFactory,
    SessionFactory,
    SignInEventFactory,
    SiteFactory,
    SourceTokenFactory,
    StaffMemberFactory,
    TariffFactory,
    TrainingRecordFactory,
    UsageBatchFactory,
    UserFactory,
    shipped_role,
)
from tests.feedback.factories import (
    AttachmentFactory,
    CommitmentFactory,
    FeedbackImportFactory,
    GatheringFactory,
    InviteeFactory,
    PostFactory,
    QuestionFactory,
    QueueChangeFactory,
    SurveyFactory,
    ThreadFactory,
    TopicFactory,
)
from tests.rollouts.factories import (
    AssessmentFactory,
    ComputationFactory,
    EntitlementFactory,
    ExitCriterionFactory,
    GateFactory,
    PlatformMinimumFactory,
    ProgrammeFactory,
    TrancheFactory,
    TranchePersonFactory,
    WaiverFactory,
    empty_evidence,
)

# Part of the name of whatever the department has; the search boxes find it.
MARK = "Zebedee"


@dataclass(frozen=True, slots=True)
class World:
    """`objects` by the names of `tests.access.routes`; a page's client and the API's, for each actor."""

    objects: dict[str, Any]
    pages: dict[str, Client]
    api: dict[str, APIClient]

    def client(self, actor: str, url: str) -> Any:
        return (self.api if url.startswith("/api/") else self.pages)[actor]

    @property
    def personal(self) -> set[str]:
        """What tells of members of staff: names and e-mail addresses."""
        people = [self.objects["person"], self.objects["place"].staff_member]
        return {value for one in people for value in (one.name, one.email)}

    @contextmanager
    def kept(self) -> Iterator[None]:
        """What is done inside can be looked at there, and is undone afterwards."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    def ask(self, actor: str, method: str, url: str, data: dict[str, Any] | None = None) -> Any:
        """The answer; whatever it changed is undone."""
        is_api = url.startswith("/api/")
        client = self.client(actor, url)
        options = {"format": "json"} if is_api and method != "get" else {}
        session = deepcopy(client.cookies)
        with self.kept():
            response = getattr(client, method)(url, data or {}, **options)
            if response.streaming:
                response.read = b"".join(response.streaming_content)
        client.cookies = session
        return response


def build() -> World:
    department = OrganisationFactory(code="DEPT", name=f"{MARK} Department")
    council = OrganisationFactory(code="SHIRE", name="Exampleshire", kind="council")
    actors = {name: person_with(key, department, name=name) for name, key in ROLES.items()}
    actors["stranger"] = UserFactory(name="Stranger")
    for key in ROLES.values():
        GrantFactory(user=actors["stranger"], role=shipped_role(key), organisation=council)
    return World(
        objects=_facts(department)
        | _feedback(department)
        | _surveys(department, actors["staff_user"])
        | _rollouts(department),
        pages={"anonymous": Client()} | {name: _signed_in(user) for name, user in actors.items()},
        api={"anonymous": APIClient()} | {name: _with_token(user) for name, user in actors.items()},
    )


def _feedback(department: Organisation) -> dict[str, Any]:
    thread = ThreadFactory(organisation=department, title=f"{MARK} is slow")
    post = PostFactory(thread=thread, is_opening=True)
    return {
        "thread": thread,
        "post": post,
        "attachment": AttachmentFactory(post=post, alt=f"{MARK} on a screen"),
        "commitment": CommitmentFactory(thread=thread, text=f"{MARK} by June"),
        "gathering": GatheringFactory(organisation=department, title=f"{MARK} surgery"),
        "topic": TopicFactory(organisation=department, name=f"{MARK} chairs"),
        "queue_change": QueueChangeFactory(organisation=department, words=f"{MARK} was given some"),
        "applied_feedback_import": FeedbackImportFactory(
            organisation=department, source=f"{MARK} meeting", applied=True
        ),
        "feedback_import": FeedbackImportFactory(
            organisation=department, source=f"{MARK} forum", content=zlib.compress(b"id,body\n1,Slow.\n")
        ),
    }


def _surveys(department: Organisation, asked: User) -> dict[str, Any]:
    survey = SurveyFactory(organisation=department, title=f"{MARK} pulse", opened=True)
    person = StaffMemberFactory(organisation=department, user=asked)
    InviteeFactory(survey=survey, staff_member=person)
    day = timezone.localdate()
    closed = SurveyFactory(organisation=department, state="closed", opens_on=day, closes_on=day)
    return {"survey": survey, "question": QuestionFactory(survey=survey), "closed_survey": closed}


def _facts(department: Organisation) -> dict[str, Any]:
    site = SiteFactory(organisation=department, name=f"{MARK} House")
    person = StaffMemberFactory(organisation=department, site=site, name=f"{MARK} Smith")
    model = DeviceModelFactory(organisation=department, name=f"{MARK} tablet")
    scheme = ClassificationSchemeFactory(organisation=department, code=f"{MARK} scheme")
    classification = ClassificationFactory(organisation=department, scheme=scheme, name=f"{MARK} secret")
    approval = ApprovalFactory(
        organisation=department, classification=classification, authority=f"{MARK} board"
    )
    holder = UserFactory(name=f"{MARK} Jones")
    grant = GrantFactory(user=holder, role=shipped_role("engineer"), organisation=department)
    SignInEventFactory(user=holder)
    source = MdmSourceFactory(organisation=department, name=f"{MARK} MDM", slug=f"{MARK}-mdm")
    device = DeviceFactory(
        organisation=department, site=site, model=model, asset_tag=f"{MARK}-1", holder=person
    )
    DeviceEventFactory(device=device, source=source)
    return {
        "site": site,
        "person": person,
        "model": model,
        "device": device,
        "discrepancy": DiscrepancyFactory(device=device),
        "bulk_change": BulkChangeFactory(organisation=department, value_words=f"Site: {MARK} House"),
        "classification": classification,
        "scheme": scheme,
        "mapping": ClassificationMappingFactory(
            organisation=department, classification=classification, note=MARK
        ),
        "switch": SchemeSwitchFactory(organisation=department, from_scheme=scheme),
        "part": SimpleNamespace(pk="people"),
        "approval": approval,
        "statement": ConditionFactory(approval=approval, statement=True),
        "course": CourseFactory(organisation=department, name=f"{MARK} briefing"),
        "training": TrainingRecordFactory(staff_member=person, reference=f"{MARK}-7"),
        "line": LineFactory(organisation=department, holder=person, carrier=f"{MARK} Mobile"),
        "tariff": TariffFactory(organisation=department, name=f"{MARK} tariff"),
        "carrier_mapping": CarrierMappingFactory(organisation=department, carrier=f"{MARK} Telecom"),
        "contract": ContractFactory(organisation=department, title=f"{MARK} phones"),
        **_imports(department),
        "source": source,
        "organisation": department,
        "organisation_code": SimpleNamespace(pk=department.code),
        "fact_group": SimpleNamespace(pk="user"),
        "source_token": SourceTokenFactory(source=source),
        "delivery": DeliveryFactory(source=source, failed=True),
        "quarantined": DeliveryFactory(source=source, quarantined=True),
        "conflict": IdentityConflictFactory(source=source, record={"serial": "SN1"}),
        "grant": grant,
        "invitation": InvitationFactory(organisation=department, name=f"{MARK} Brown"),
        "role": shipped_role("engineer"),
        "view": SavedViewFactory(organisation=department, name=f"{MARK} view", query=f"q={MARK}"),
        "token": _token_of_an_engineer(department),
        "session": SessionFactory(),
    }


def _token_of_an_engineer(department: Organisation) -> ApiToken:
    grant = GrantFactory(role=shipped_role("engineer"), organisation=department)
    return ApiTokenFactory(user=grant.user, name=f"{MARK} report")


def _imports(department: Organisation) -> dict[str, Any]:
    name = f"{MARK}.csv"
    bill = ImportFactory(organisation=department, bill=True, status="naming")
    UsageBatchFactory(organisation=department, file=bill, carrier=f"{MARK} Mobile")
    unknown = [{"header": "Pers.-Nr.", "examples": ["1"], "guess": ""}]
    return {
        "import": ImportFactory(organisation=department, checked=True, file_name=name, created=1),
        "bill": bill,
        "import_naming": ImportFactory(organisation=department, status="naming", unknown=unknown),
        "import_failed": ImportFactory(organisation=department, failed=True),
        "import_applied": ImportFactory(organisation=department, applied=True, context_id=uuid4()),
    }


def _rollouts(department: Organisation) -> dict[str, Any]:
    programme = ProgrammeFactory(organisation=department, name=f"{MARK} programme")
    tranches = {
        state: TrancheFactory(programme=programme, state=state, name=f"{MARK} {state}")
        for state in ("planned", "gate", "hypercare")
    }
    for one in tranches.values():
        AssessmentFactory(tranche=one, computed_at=timezone.now() - timedelta(days=1))
        latest = AssessmentFactory(tranche=one)
        ComputationFactory(tranche=one, assessment=latest, computed_at=latest.computed_at)
    tranche = tranches["planned"]
    evidence = {**empty_evidence(), "assessed_at": timezone.now().isoformat()}
    return {
        "programme": programme,
        "entitlement": EntitlementFactory(programme=programme, user_case=f"{MARK} inspector"),
        "minimum": PlatformMinimumFactory(programme=programme),
        "tranche": tranche,
        "hypercare": tranches["hypercare"],
        "place": TranchePersonFactory(tranche=tranche),
        "gate": GateFactory(tranche=tranches["gate"], evidence=evidence),
        "waiver": WaiverFactory(tranche=tranche, reason=f"{MARK} says so"),
        "criterion": ExitCriterionFactory(tranche=tranches["hypercare"]),
    }


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _with_token(user: User) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {ApiToken.issue(user=user)[1]}")
    return client
