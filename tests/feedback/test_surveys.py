"""A survey is made, opened, answered once each and counted; what is anonymous stays so."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pghistory.models import Context

from feedback.models import Answer, Invitee, Sheet, Survey
from feedback.questionnaires import Asked, questionnaire_of
from feedback.services.surveying.answering import Given, answer, decline
from feedback.services.surveying.making import make_survey, repeat
from feedback.services.surveying.opening import close_survey, close_what_is_over, open_survey, survey_people
from feedback.services.surveying.results import response_of, results_of
from feedback.vocabulary import QuestionKind, SurveyState
from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import AccessRecord, Organisation, User
from tests.factories import GrantFactory, SiteFactory, StaffMemberFactory, UserFactory, shipped_role

pytestmark = pytest.mark.django_db
FORTNIGHT = timedelta(days=14)
Made = Callable[..., Survey]


@pytest.fixture
def made(department: Organisation, technology_lead: User) -> Made:
    """A draft of “What would most improve your work?” in the department."""

    def make(**given: Any) -> Survey:
        begun = questionnaire_of("improve")
        said = {"title": begun.title, "questions": begun.questions}
        dates = {"closes_on": timezone.localdate() + FORTNIGHT}
        return make_survey(**{"organisation": department, "by": technology_lead, **said, **dates, **given})

    return make


def staff(department: Organisation, count: int, **more: Any) -> None:
    StaffMemberFactory.create_batch(count, organisation=department, **more)


def fill(survey: Survey, *choices: int, text: str = "", by: Any = None) -> None:
    """One sheet for each choice, from those who have not answered."""
    single, written = survey.questions.all()
    for choice in choices:
        waiting = Invitee.objects.waiting().filter(survey=survey, **(by or {}))
        invitee = waiting.select_related("survey", "staff_member").order_by("?")[0]
        given = {single.pk: Given(options=(choice,)), written.pk: Given(text=text)}
        answer(invitee=invitee, given=given)


def test_a_survey_goes_from_draft_to_results_on_its_pages(
    client: Client, technology_lead: User, staff_user: User, department: Organisation
) -> None:
    staff(department, 5, site=None)
    client.force_login(technology_lead)
    begin = reverse("feedback:survey-make")
    assert "What would most improve your work?" in client.get(begin).content.decode()
    closes = timezone.localdate() + FORTNIGHT
    blank = client.get(f"{begin}?from=improve").content.decode()
    assert "Yes, and people are told so" in blank
    assert f'value="{closes.year}"' in blank
    days = {"closes_on_day": closes.day, "closes_on_month": closes.month, "closes_on_year": closes.year}
    said = {"title": "What next?", "is_anonymous": "True", "audience": "everybody", **days}
    client.post(f"{begin}?from=improve", said)
    survey = Survey.objects.get()
    page = reverse("feedback:survey-detail", args=[survey.pk])
    assert (
        "6 people are asked" in client.get(reverse("feedback:survey-open", args=[survey.pk])).content.decode()
    )
    client.post(reverse("feedback:survey-open", args=[survey.pk]))
    client.force_login(staff_user)
    assert "What next?" in client.get(reverse("feedback:own-surveys")).content.decode()
    sheet = reverse("feedback:survey-answer", args=[survey.pk])
    single, written = survey.questions.all()
    refused = client.post(sheet, {f"question_{written.pk}": "More screens"}).content.decode()
    assert "Answer “What would most improve your work?”" in refused
    answers = {f"question_{single.pk}": "0", f"question_{written.pk}": "More screens"}
    assert client.post(sheet, answers).headers["Location"] == reverse("feedback:own-surveys")
    assert "Everybody answers once" in client.get(sheet).content.decode()
    client.post(sheet, answers)
    assert Sheet.objects.count() == 1
    # no log of changes or of looks has a moment of it
    assert not AccessRecord.objects.exists()
    assert not Context.objects.filter(metadata__actor=staff_user.pk).exists()
    fill(survey, 0, 0, 1, 2, text="=A text")
    client.force_login(technology_lead)
    before = client.get(page).content.decode()
    assert "once the survey is closed" in before
    assert "More screens" not in before
    assert client.get(page, {"format": "csv"}).status_code == 404
    client.post(reverse("feedback:survey-close", args=[survey.pk]))
    shown = client.get(page).content.decode()
    for words in ("83% of 6", "60% of 5", "14.7 to 94.7", "More screens", "did not answer"):
        assert words in shown, words
    rows = list(csv.DictReader(io.StringIO(b"".join(client.get(page, {"format": "csv"})).decode())))
    assert (rows[0]["answer"], rows[0]["count"], rows[0]["n"]) == ("Better equipment", "3", "5")
    texts = b"".join(client.get(page, {"format": "csv", "show": "texts"})).decode()
    assert "'=A text" in texts
    assert client.get(page, {"format": "csv", "show": "sheets"}).status_code == 404


def test_nothing_ties_an_anonymous_sheet_to_whoever_filled_it(
    made: Made, department: Organisation, technology_lead: User
) -> None:
    staff(department, 12, site=SiteFactory(organisation=department))
    staff(department, 3, site=SiteFactory(organisation=department))
    survey = made()
    open_survey(survey=survey, by=technology_lead)
    fill(survey, *[0] * 15)
    sheets = Sheet.objects.all()
    assert not sheets.exclude(invitee=None, filled_at=None).exists()
    # of three people at a site the site is not kept
    assert (sheets.filter(site=None).count(), sheets.exclude(site=None).count()) == (3, 12)
    assert not Invitee.objects.exclude(answered_at=None).exists()
    close_survey(survey=survey, by=technology_lead)
    assert not Invitee.objects.exclude(staff_member=None, told_at=None).exists()
    assert response_of(survey).answered == 15
    for model in (Invitee, Sheet, Answer):
        assert not hasattr(model, "changes")
    keys = list(Answer.objects.order_by("pk").values_list("pk", flat=True))
    assert all(key.version == 4 for key in keys)


def test_results_wait_for_the_end_and_for_five(
    made: Made, department: Organisation, technology_lead: User
) -> None:
    staff(department, 8)
    survey = made()
    open_survey(survey=survey, by=technology_lead)
    fill(survey, 0, 0, 1, 1)
    assert results_of(survey) is None
    close_survey(survey=survey, by=technology_lead)
    results = results_of(survey)
    assert results
    assert (results.is_hidden, results.found) == (True, [])
    with pytest.raises(Conflict):
        close_survey(survey=survey, by=technology_lead)


def test_small_sites_hide_behind_one_another(
    made: Made, department: Organisation, technology_lead: User
) -> None:
    """Answers of 14, 6 and 3: the three would follow from the others, so two sites hide."""
    sites = [SiteFactory(organisation=department) for _ in range(3)]
    survey = made()
    for site, count in zip(sites, (14, 12, 11), strict=True):
        staff(department, count, site=site)
    open_survey(survey=survey, by=technology_lead)
    for site, count in zip(sites, (14, 6, 3), strict=True):
        fill(survey, *[0] * count, by={"staff_member__site": site}, text="Words")
    close_survey(survey=survey, by=technology_lead)
    results = results_of(survey)
    assert results
    assert [(one.site, one.answered) for one in results.sites] == [(sites[0], 14), (None, 9)]
    assert results_of(survey, site=sites[1]) is None
    there = results_of(survey, site=sites[0])
    assert there
    assert (there.sheets, there.found[1].texts) == (14, [])


def test_each_answers_once_or_declines_and_not_after_the_end(
    made: Made, department: Organisation, technology_lead: User
) -> None:
    staff(department, 6)
    survey = made()
    open_survey(survey=survey, by=technology_lead)
    first, second, third = survey.invitees.select_related("survey", "staff_member")[:3]
    single = survey.questions.all()[0]
    given = {single.pk: Given(options=(0,))}
    answer(invitee=first, given=given)
    decline(invitee=second)
    for late in (first, second):
        with pytest.raises(Conflict):
            answer(invitee=late, given=given)
    with pytest.raises(Invalid):
        answer(invitee=third, given={single.pk: Given(options=(0, 1))})
    Survey.objects.update(
        opens_on=timezone.localdate() - FORTNIGHT, closes_on=timezone.localdate() - timedelta(1)
    )
    with pytest.raises(Conflict):
        answer(invitee=third, given=given)
    assert close_what_is_over(timezone.localdate()) == 1
    found = response_of(survey)
    assert (found.asked, found.answered, found.declined, found.expired) == (6, 1, 1, 4)


def test_a_sample_is_drawn_from_those_at_work_at_the_site(
    made: Made, department: Organisation, technology_lead: User, site_lead: User
) -> None:
    site = SiteFactory(organisation=department)
    staff(department, 9, site=site)
    staff(department, 2, site=site, leaves_on=timezone.localdate() - timedelta(days=1))
    staff(department, 9)
    survey = made(audience="sample", site=site, sample_size=6)
    with pytest.raises(Forbidden):
        open_survey(survey=survey, by=site_lead)
    assert open_survey(survey=survey, by=technology_lead) == 6
    asked = survey.invitees.filter(staff_member__site=site, staff_member__leaves_on=None)
    assert asked.count() == 6
    few = made(audience="site", site=SiteFactory(organisation=department))
    with pytest.raises(Conflict, match="nobody"):
        open_survey(survey=few, by=technology_lead)


def test_waves_are_held_against_one_another(
    client: Client, made: Made, department: Organisation, technology_lead: User
) -> None:
    staff(department, 10)
    survey = made()
    for wave, choices in enumerate(((0, 0, 0, 1, 1), (0, 1, 1, 1, 1, 1))):
        open_survey(survey=survey, by=technology_lead)
        fill(survey, *choices)
        if not wave:
            with pytest.raises(Conflict, match="not closed"):
                repeat(survey=survey, by=technology_lead, closes_on=timezone.localdate() + FORTNIGHT)
        close_survey(survey=survey, by=technology_lead)
        if not wave:
            survey = repeat(survey=survey, by=technology_lead, closes_on=timezone.localdate() + FORTNIGHT)
    client.force_login(technology_lead)
    page = reverse("feedback:survey-detail", args=[survey.pk])
    shown = client.get(page).content.decode()
    assert "A faster or more reliable network: 83% of 6, 40% of 5 at first" in shown
    rows = list(
        csv.DictReader(io.StringIO(b"".join(client.get(page, {"format": "csv", "show": "waves"})).decode()))
    )
    assert [(row["count"], row["n"]) for row in rows if row["answer"] == "Better equipment"] == [
        ("3", "5"),
        ("1", "6"),
    ]


def test_an_app_above_asks_people_that_it_names(
    department: Organisation, council: Organisation, technology_lead: User
) -> None:
    """With names: they are kept, shown to those who manage it, and results are there at once."""
    asked = [Asked(kind=QuestionKind.SCALE, text="Does it work?", lowest="No", highest="Yes")]
    people = StaffMemberFactory.create_batch(6, organisation=department)
    survey = survey_people(
        organisation=department,
        by=technology_lead,
        staff=[*people, StaffMemberFactory(organisation=council)],
        title="A week after the hand-over",
        questions=asked,
        closes_on=timezone.localdate(),
        is_anonymous=False,
        purpose="Tranche 1",
    )
    [question] = survey.questions.all()
    for number, invitee in enumerate(survey.invitees.select_related("survey", "staff_member"), start=1):
        answer(invitee=invitee, given={question.pk: Given(number=min(number, 5))})
    assert (survey.state, response_of(survey).answered) == (SurveyState.OPEN, 6)
    results = results_of(survey)
    assert results
    [found] = results.found
    assert found.upper
    assert (found.upper.label, found.upper.count, found.n) == ("4 or more", 3, 6)
    assert found.mean == pytest.approx(20 / 6)
    client = Client()
    client.force_login(technology_lead)
    sheets = client.get(
        reverse("feedback:survey-detail", args=[survey.pk]), {"format": "csv", "show": "sheets"}
    )
    assert people[0].name in b"".join(sheets).decode()
    again = survey_people(
        organisation=department,
        by=technology_lead,
        staff=people,
        title="A month after the hand-over",
        closes_on=timezone.localdate(),
        after=survey,
    )
    assert (again.series, again.questions.get().key) == (survey.series, question.key)
    with pytest.raises(Conflict, match="named elsewhere"):
        repeat(survey=survey, by=technology_lead, closes_on=timezone.localdate())


def test_a_role_at_some_sites_asks_there_alone(made: Made, department: Organisation, client: Client) -> None:
    here, there = SiteFactory.create_batch(2, organisation=department)
    coordinator = UserFactory()
    grant = GrantFactory(user=coordinator, role=shipped_role("pilot-coordinator"), organisation=department)
    grant.sites.add(here)
    staff(department, 6, site=here)
    with pytest.raises(Invalid, match="some sites only"):
        made(by=coordinator)
    with pytest.raises(Forbidden):
        made(by=coordinator, audience="site", site=there)
    survey = made(by=coordinator, audience="site", site=here)
    assert open_survey(survey=survey, by=coordinator) == 6
    others, draft = made(audience="site", site=there), made()
    client.force_login(coordinator)
    for row in (others, draft):
        assert client.get(reverse("feedback:survey-detail", args=[row.pk])).status_code == 404
    assert client.get(reverse("feedback:survey-detail", args=[survey.pk])).status_code == 200
