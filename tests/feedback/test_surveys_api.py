"""What the pages of surveys and sessions do, the API does, with the same words for what it refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from feedback.models import Gathering, Invitee, Survey
from feedback.services.surveying.answering import Given, answer
from fleet.models import Organisation, User
from tests.factories import StaffMemberFactory

pytestmark = pytest.mark.django_db
SURVEYS, SESSIONS = "/api/v1/surveys/", "/api/v1/feedback/sessions/"


def as_user(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_a_survey_is_made_opened_answered_closed_read_and_repeated(
    department: Organisation, technology_lead: User, staff_user: User, auditor: User
) -> None:
    StaffMemberFactory.create_batch(5, organisation=department)
    lead, closes = as_user(technology_lead), (timezone.localdate() + timedelta(days=9)).isoformat()
    made = lead.post(SURVEYS, {"questionnaire": "pulse", "closes_on": closes})
    assert made.status_code == 201
    url = f"{SURVEYS}{made.json()['id']}/"
    assert (made.json()["title"], len(made.json()["questions"])) == ("Pulse: how is your IT?", 5)
    assert as_user(auditor).get(url).status_code == 404
    asked = [
        {"text": "Faster?", "kind": "scale", "scale_to": 4},
        {"text": "Why?", "kind": "multiple", "options": ["A", "B"]},
    ]
    assert (
        lead.put(f"{url}questions/", [{"text": "One?", "options": ["A"]}]).json()["errors"][0]["field"]
        == "options"
    )
    lead.put(f"{url}questions/", asked)
    assert lead.patch(url, {"title": "Faster now?"}).json()["title"] == "Faster now?"
    opened = lead.post(f"{url}open/").json()
    assert (opened["state"], opened["asked"]) == ("open", 6)
    assert lead.patch(url, {"title": "x"}).status_code == 409
    assert lead.get(f"{url}results/").status_code == 409
    me = as_user(staff_user)
    [waiting] = me.get(f"{SURVEYS}mine/").json()
    scale, multiple = (one["id"] for one in waiting["questions"])
    wrong = me.post(f"{url}answer/", {"answers": [{"question": scale, "number": 5}]})
    assert wrong.json()["errors"][0]["field"] == f"question_{scale}"
    given = {"answers": [{"question": scale, "number": 4}, {"question": multiple, "options": [0, 1]}]}
    assert me.post(f"{url}answer/", given).status_code == 204
    assert me.post(f"{url}decline/").status_code == 409
    assert lead.post(f"{url}answer/", given).status_code == 404
    for number, invitee in enumerate(Invitee.objects.waiting().select_related("survey", "staff_member")[:4]):
        answer(invitee=invitee, given={scale: Given(number=number + 1)})
    assert as_user(auditor).post(f"{url}close/").status_code == 403
    assert lead.post(f"{url}close/").json()["state"] == "closed"
    found = as_user(auditor).get(f"{url}results/").json()
    assert found["response"] == {"asked": 6, "answered": 5, "declined": 0, "waiting": 0, "expired": 1}
    first, second = found["found"]
    assert (first["upper"]["label"], first["upper"]["count"], first["mean"]) == ("3 or more", 3, 2.8)
    assert (second["n"], second["is_hidden"], second["shares"]) == (1, True, [])
    wave = lead.post(f"{url}repeat/", {"closes_on": closes}).json()
    assert (wave["state"], wave["series"]) == ("draft", made.json()["series"])
    assert lead.get(f"{url}waves/").json() == []
    assert lead.delete(f"{SURVEYS}{wave['id']}/").status_code == 204
    assert Survey.objects.count() == 1


def test_a_session_is_announced_joined_cancelled_and_noted(
    department: Organisation, technology_lead: User, staff_user: User
) -> None:
    lead, me = as_user(technology_lead), as_user(staff_user)
    starts = timezone.now() + timedelta(days=1)
    said: dict[str, Any] = {
        "title": "Surgery",
        "place": "Canteen",
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=1)).isoformat(),
    }
    assert me.post(SESSIONS, said).status_code == 403
    assert lead.post(SESSIONS, {**said, "place": ""}).json()["errors"][0]["field"] == "place"
    made = lead.post(SESSIONS, said).json()
    url = f"{SESSIONS}{made['id']}/"
    assert me.post(f"{url}sign-up/").json()["coming"] == 1
    assert me.post(f"{url}sign-up/").status_code == 409
    assert me.post(f"{url}withdraw/").json()["coming"] == 0
    noted = {"title": "The printer jams", "body": "On every second page."}
    assert lead.post(f"{url}notes/", noted).status_code == 409
    assert me.post(f"{url}notes/", noted).status_code == 403
    Gathering.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    assert lead.post(f"{url}notes/", noted).json()["title"] == "The printer jams"
    assert (
        lead.post(f"{url}cancel/", {"because": "A fire alarm"}).json()["cancelled_because"] == "A fire alarm"
    )
