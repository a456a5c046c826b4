"""Which topic a text is about, how search goes by it, and that its author sees it before posting."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from feedback.models import Thread
from feedback.services.taxonomy import suggested, topics_of
from fleet.models import Organisation, User
from tests.feedback.conftest import Raised

pytestmark = pytest.mark.django_db
NONE = ""
SAID = {
    "I missed an appointment": NONE,
    "Excellent service": NONE,
    "Other words for it": NONE,
    "In order to help": NONE,
    "Of course it broke": NONE,
    "The office in Bootle": NONE,
    "It costs me an hour": NONE,
    "By keyboard the speech software is slow": "Assistive technology",
    "It crashes": "Applications",
    "The apps keep freezing, and Excel’s worst": "Applications",
    "A slow start-up": "Sign-in and start-up time",
    "Logging  in takes ages": "Sign-in and start-up time",
    "WI-FI drops": "Network and Wi-Fi",
    "The keyboards are broken": "Hardware age",
    "It was installed on Friday": "Installation day",
    "I was never trained": "Training",
    "Outlook loses e-mails": "E-mail",
}


def test_whole_words_in_their_usual_forms_suggest_a_topic(department: Organisation) -> None:
    topics = topics_of(department)
    found = {said: topic.name if (topic := suggested(topics, said)) else NONE for said in SAID}
    assert found == SAID


def test_search_first_goes_by_topic_and_by_any_spelling(
    client: Client, raised: Raised, staff_user: User, engineer: User, department: Organisation
) -> None:
    by_name = {topic.name: topic for topic in topics_of(department)}
    topic = by_name["Sign-in and start-up time"]
    worst = raised(title="Nine minutes from the switch to the first keystroke", topic=topic)
    wireless = raised(title="Our wifi drops", body="All day.")
    parted = raised(title="Wi-Fi is weak", body="On the third floor.")
    raised(title="Chairs creak", body="All day long.")
    client.force_login(staff_user)

    def similar(words: str) -> list[Thread]:
        found: list[Thread] = client.get(reverse("feedback:thread-raise"), {"q": words}).context["similar"]
        return sorted(found, key=lambda thread: thread.title)

    assert similar("slow start-up") == [worst]
    for spelt in ("Wi-Fi", "wifi", "WI‑FI"):
        assert similar(spelt) == [wireless, parted], spelt
        listed = client.get(reverse("feedback:thread-list"), {"q": spelt}).context["table"].rows
        assert {thread.pk for thread in listed} == {wireless.pk, parted.pk}, spelt


def test_the_author_sees_the_suggested_topic_and_changes_it_before_posting(
    client: Client, staff_user: User, department: Organisation
) -> None:
    client.force_login(staff_user)
    url = reverse("feedback:thread-raise")
    said = {"kind": "problem", "title": "My laptop is slow", "body": "All day.", "shown_as": "name"}
    page = client.post(url, said)
    assert "Nothing is posted yet" in page.content.decode()
    assert not Thread.objects.exists()
    form = page.context["form"]
    assert (form["topic"].value(), form["is_topic_asked"].value()) == (
        str(page.context["suggestion"].pk),
        "on",
    )
    assert page.context["suggestion"].name == "Hardware age"
    other = next(topic for topic in topics_of(department) if topic.name == "Applications")
    asked = said | {"is_topic_asked": "on"}
    client.post(url, asked | {"topic": other.pk})
    assert Thread.objects.get().topic == other
    client.post(url, asked | {"title": "My laptop is slow again", "topic": ""})
    assert Thread.objects.get(title__endswith="again").topic is None
