"""Every page of feedback passes axe, holds on a narrow screen and needs no script; staff find their way."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from feedback.models import QueueChange, Thread
from feedback.services.answering import acknowledge
from feedback.services.counting import recount
from feedback.services.editing import edit_post
from fleet.models import Organisation, User
from tests.browser import check_page
from tests.factories import DeviceFactory, StaffMemberFactory
from tests.feedback.comments import as_csv, forty
from tests.feedback.factories import (
    AttachmentFactory,
    CommitmentFactory,
    CommitmentReadingFactory,
    FeedbackImportFactory,
    PostFactory,
    ThreadFactory,
    TopicFactory,
    VoiceFactory,
)
from tests.feedback.pictures import photograph, screenshot

LISTS = (
    *("thread-list", "own-threads", "queue", "figures", "pain", "settled-list", "queue-change-list"),
    *("commitment-list", "topic-list", "import-list"),
)
FORMS = ("thread-raise", "topic-add", "import-add", "policy-list")


@pytest.fixture
def lead(page_of: Callable[[User], Page], technology_lead: User) -> Page:
    return page_of(technology_lead)


def test_pages_of_feedback_are_sound(lead: Page, department: Organisation, technology_lead: User) -> None:
    names = [f"feedback:{name}" for name in (*LISTS, *FORMS)]
    for name in names[: len(LISTS)]:
        check_page(lead, reverse(name))
    person = StaffMemberFactory(organisation=department, user=technology_lead)
    DeviceFactory(organisation=department, holder=person, issued=True)
    topic = TopicFactory(organisation=department)
    thread = ThreadFactory(organisation=department, topic=topic, owner=technology_lead, is_severe=True)
    post = PostFactory(thread=thread, is_opening=True, author=technology_lead)
    picture = AttachmentFactory(post=post, content=screenshot(1600, 900), width=1600, height=900)
    edit_post(post=post, by=technology_lead, body="It takes nine minutes, or ten.", title="Slow to start")
    rows = [
        reverse("feedback:post-attach", args=[post.pk]),
        reverse("feedback:attachment-remove", args=[picture.pk]),
        reverse("feedback:post-edit", args=[post.pk]),
        reverse("feedback:post-history", args=[post.pk]),
    ]
    for depth in range(5):
        post = PostFactory(thread=thread, parent=post, official=depth == 2)
    VoiceFactory(thread=thread)
    ThreadFactory(organisation=department, merged_into=thread, status="duplicate")
    VoiceFactory.create_batch(5, thread=thread, platform="windows", os_version="10.0.22631")
    recount([thread.pk])
    done = ThreadFactory(organisation=department, topic=topic, status="declined", status_reason="Not ours")
    PostFactory(thread=done, is_opening=True)
    PostFactory(thread=done, official=True)
    CommitmentFactory(thread=done, kept=True)
    acknowledge(thread_ids=[thread.pk], by=technology_lead)
    change = QueueChange.objects.get()
    applied = FeedbackImportFactory(organisation=department, applied=True)
    commitment = CommitmentFactory(thread=thread)
    for part, day in ((40, "2026-03-01"), (81, "2026-04-12")):
        CommitmentReadingFactory(commitment=commitment, part=part, day=day)
    file = FeedbackImportFactory(organisation=department, content=zlib.compress(as_csv(forty())))
    rows += [
        *(
            reverse(f"feedback:thread-{name}", args=[thread.pk])
            for name in ("detail", "hide", "sort", "respond")
        ),
        reverse("feedback:voice-edit", args=[thread.pk]),
        f"{reverse('feedback:pain')}?by=system",
        reverse("feedback:commit", args=[thread.pk]),
        f"{reverse('feedback:commit', args=[thread.pk])}?measure=os",
        reverse("feedback:commitment-detail", args=[commitment.pk]),
        reverse("feedback:commitment-withdraw", args=[commitment.pk]),
        reverse("feedback:thread-merge", args=[thread.pk]),
        f"{reverse('feedback:thread-reply', args=[thread.pk])}?to={post.pk}",
        reverse("feedback:post-hide", args=[post.pk]),
        reverse("feedback:topic-edit", args=[topic.pk]),
        reverse("feedback:policy-edit", args=[department.pk]),
        reverse("feedback:import-detail", args=[file.pk]),
        reverse("feedback:import-confirm", args=[file.pk]),
        reverse("feedback:import-undo", args=[applied.pk]),
        reverse("feedback:queue-change-undo", args=[change.pk]),
    ]
    for url in (*map(reverse, names), *rows):
        check_page(lead, url)


def test_a_member_of_staff_on_a_phone_raises_finds_and_follows_by_keyboard_alone(
    page_of: Callable[[User], Page], staff_user: User, department: Organisation
) -> None:
    page = page_of(staff_user)
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(reverse("feedback:thread-list"))
    page.get_by_role("link", name="Raise feedback").focus()
    page.keyboard.press("Enter")
    page.get_by_label("In one line").fill("Four start-ups a morning")
    page.get_by_label("What happens?").fill("It takes nine minutes to log in, four times.")
    page.get_by_label("Photograph or screenshot").set_input_files(
        {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": photograph(1600, 900)}
    )
    page.get_by_label("What does the picture show?").fill("An hourglass on a blue screen")
    page.get_by_label("How often does it happen?").select_option("daily")
    page.get_by_label("Minutes lost on such a day").fill("36")
    page.get_by_label("Anonymously").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Post it").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Four start-ups a morning").wait_for()
    assert "Nobody else can see that it was you" in page.content()
    picture = page.get_by_role("img", name="An hourglass on a blue screen")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("one => one.complete && one.naturalWidth === 900", arg=picture.element_handle())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert "IMG_2041" not in page.content()
    page.goto(reverse("feedback:thread-raise"))
    page.get_by_label("Search first").fill("start-ups")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Others have raised this").wait_for()
    page.goto(reverse("feedback:own-threads"))
    page.get_by_role("link", name="Four start-ups a morning").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Working days lost a year").wait_for()
    assert Thread.objects.get().people == 1
