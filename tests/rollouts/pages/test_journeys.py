"""One journey for each kind of person, in a browser, from Today to what they came for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from fleet.models import Device, StaffMember, User
from rollouts.models import Gate, TranchePerson
from rollouts.services.gates import decide
from tests.factories import DeviceFactory, GrantFactory, shipped_role
from tests.rollouts.factories import TranchePersonFactory
from tests.rollouts.pages.conftest import Scene, computed

pytestmark = pytest.mark.browser
PageOf = Callable[[User], Page]


def follow(page: Page, link: str) -> None:
    page.get_by_role("main").get_by_role("link", name=link).first.click()


def press(page: Page, button: str) -> None:
    """A button, or a link that looks and answers like one."""
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def test_an_it_manager_finds_the_blocker_waives_it_and_decides(
    page_of: PageOf, it_manager: User, gate: Gate, scene: Scene
) -> None:
    page = page_of(it_manager)
    page.goto("/")
    follow(page, f"Decide on {gate.tranche}")
    press(page, "See the evidence and decide")
    expect(page.get_by_role("main")).to_contain_text("“Device is encrypted” fails for 1 person")
    page.get_by_role("link", name="Readiness", exact=True).click()
    follow(page, "blocked")
    follow(page, "Bob Block")
    expect(page.get_by_role("main")).to_contain_text(f"{scene.blocked.device} is not encrypted")
    follow(page, "Waive this")
    page.get_by_label("Owner").select_option(label=it_manager.name)
    page.get_by_label("Reason").fill("It is encrypted at the handover")
    until = timezone.localdate() + timedelta(days=30)
    for part in ("day", "month", "year"):
        page.get_by_label(part.capitalize(), exact=True).fill(str(getattr(until, part)))
    press(page, "Grant the waiver")
    expect(page.get_by_role("alert")).to_contain_text("Device is encrypted is waived until")
    computed(scene.tranche)
    page.goto(f"/gates/{gate.pk}/")
    press(page, "Refresh the evidence")
    press(page, "Decide")
    page.get_by_label("Conditional go").check()
    page.get_by_label("Rationale").fill("The engineer encrypts it before the handover.")
    press(page, "Record the decision")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gate: conditional go")
    expect(page.get_by_role("main")).to_contain_text("The seal matches the document.")


def test_a_technology_lead_proposes_and_is_told_to_leave_the_decision(
    page_of: PageOf, technology_lead: User, scene: Scene
) -> None:
    page = page_of(technology_lead)
    page.goto(f"/tranches/{scene.tranche.pk}/")
    press(page, "Propose a gate")
    press(page, "Lock the tranche and propose")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Select what you recommend")
    page.get_by_label("No-go").check()
    page.get_by_label("Why").fill("One device is not encrypted.")
    press(page, "Lock the tranche and propose")
    main = page.get_by_role("main")
    expect(main).to_contain_text("You proposed this gate, so somebody else has to decide it.")
    expect(main.get_by_role("button", name="Decide", exact=True)).to_have_count(0)


def test_a_site_lead_sees_who_waits_at_their_site(page_of: PageOf, site_lead: User, scene: Scene) -> None:
    place = scene.blocked
    site_lead.grants.all().delete()
    GrantFactory(
        user=site_lead,
        role=shipped_role("site-lead"),
        organisation=scene.programme.organisation,
        sites=[place.staff_member.site],
    )
    page = page_of(site_lead)
    page.goto(f"/sites/{place.staff_member.site_id}/")
    follow(page, str(scene.tranche))
    page.get_by_role("link", name="People", exact=True).last.click()
    expect(page.get_by_role("row")).to_have_count(2)
    follow(page, "Bob Block")
    expect(page.get_by_role("button")).to_have_count(1)


def test_an_engineer_confirms_that_the_device_works(page_of: PageOf, engineer: User, scene: Scene) -> None:
    TranchePerson.objects.filter(pk=scene.ready.pk).update(state="handed_over", handed_over_at=timezone.now())
    page = page_of(engineer)
    page.goto(f"/tranches/{scene.tranche.pk}/people/?state=handed_over")
    follow(page, "Ann Able")
    press(page, "Confirm acceptance")
    press(page, "Confirm acceptance")
    expect(page.get_by_role("alert")).to_contain_text("Ann Able has accepted.")


def test_a_member_of_staff_sees_when_theirs_comes(page_of: PageOf, staff_user: User, scene: Scene) -> None:
    me = StaffMember.objects.get(user=staff_user)
    device: Device = DeviceFactory(organisation=me.organisation, issued=True, holder=me)
    TranchePersonFactory(tranche=scene.tranche, staff_member=me)
    page = page_of(staff_user)
    page.goto("/")
    expect(page.get_by_role("table", name="Your devices")).to_contain_text(str(device))
    follow(page, str(scene.tranche))
    expect(page.get_by_role("heading", level=1)).to_have_text("Staff user")


def test_an_auditor_reads_who_decided_on_what(
    page_of: PageOf, auditor: User, it_manager: User, gate: Gate
) -> None:
    decide(gate=gate, outcome="no_go", rationale="Mend it first.", seen_seal=gate.seal, by=it_manager)
    page = page_of(auditor)
    page.goto(f"/tranches/{gate.tranche_id}/")
    page.get_by_role("link", name="Gate", exact=True).click()
    page.get_by_role("table", name="Gates of this tranche").get_by_role("link").click()
    expect(page.get_by_role("main")).to_contain_text("Mend it first.")
    with page.expect_download() as downloaded:
        follow(page, "the sealed document (JSON)")
    assert downloaded.value.suggested_filename == f"gate-{gate.pk}-evidence.json"
