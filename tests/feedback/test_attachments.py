"""Pictures: made anew, read by whoever reads the thread, taken back or removed, and nobody behind them."""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from rest_framework.test import APIClient

from feedback.models import Attachment, Thread
from feedback.services.forgetting import forget_pictures
from feedback.services.moderating import hide_post
from feedback.services.pictures import MOST_BYTES, made_anew
from feedback.services.raising import reply
from feedback.vocabulary import ShownAs
from fleet.errors import Invalid
from fleet.models import Organisation, Pruning, User
from fleet.services.change_log import changes_of
from fleet.services.erasure import erase_person
from tests.factories import StaffMemberFactory
from tests.feedback.conftest import Raised
from tests.feedback.factories import AttachmentFactory, ThreadFactory
from tests.feedback.pictures import SECRET, animation, photograph, screenshot, sticker

pytestmark = pytest.mark.django_db
ALT = "A black screen with an hourglass"


def file(content: bytes, name: str = "IMG_2041 Ada.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def bomb(width: int, height: int) -> bytes:
    """The beginning of a PNG that says it is so large."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IEND\xaeB`\x82"


@pytest.mark.parametrize(
    ("sent", "kind", "size"),
    [
        (photograph(), "image/jpeg", (40, 60)),
        (photograph(3000, 1500), "image/jpeg", (1024, 2048)),
        (screenshot(), "image/png", (60, 40)),
        (screenshot(4096, 64, mode="P"), "image/png", (2048, 32)),
        (sticker(), "image/png", (60, 40)),
    ],
    ids=["photograph", "large photograph", "screenshot", "wide screenshot of few colours", "WebP"],
)
def test_a_picture_is_made_anew_without_what_it_carries(
    sent: bytes, kind: str, size: tuple[int, int]
) -> None:
    assert SECRET.encode() in sent
    made = made_anew(BytesIO(sent), len(sent))
    assert (made.media_type, (made.width, made.height)) == (kind, size)
    assert SECRET.encode() not in made.content
    with Image.open(BytesIO(made.content)) as image:
        assert (image.size, dict(image.getexif())) == (size, {})
        assert not {"comment", "exif", "xmp", "icc_profile", "Comment"} & set(image.info)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (b"<svg onload='alert(1)'/>", "Choose a JPEG, PNG or WebP"),
        (animation(), "Choose a JPEG, PNG or WebP"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC.*JPEG"),
        (screenshot()[:-40], "read to its end"),
        (bomb(5000, 5000), "25 million pixels, 18 million at most"),
        (bomb(60000, 60000), "too many pixels"),
        (b"\xff\xd8" * (MOST_BYTES // 2 + 1), "10 MB"),
    ],
    ids=["SVG", "GIF", "HEIC", "broken off", "too many pixels", "bomb", "too large"],
)
def test_what_cannot_be_taken_says_what_to_do(sent: bytes, says: str) -> None:
    with pytest.raises(Invalid, match=says) as refused:
        made_anew(BytesIO(sent), len(sent))
    assert refused.value.field == "picture"


def test_an_anonymous_author_shows_a_picture_and_takes_it_back_without_a_trace(
    client: Client, department: Organisation, staff_user: User, engineer: User, capsys: Any
) -> None:
    client.force_login(staff_user)
    said = {"kind": "problem", "title": "It is black", "body": "See below.", "shown_as": "anonymous"}
    raise_url = reverse("feedback:thread-raise")
    for wrong, words in (
        ({"picture": file(screenshot())}, "Say what the picture shows"),
        ({"alt": ALT}, "Choose the picture, or empty"),
        ({"alt": ALT, "picture": file(animation())}, "Choose a JPEG"),
    ):
        assert words in client.post(raise_url, said | wrong).content.decode()
    assert not Thread.objects.exists()
    client.post(raise_url, said | {"alt": ALT, "picture": file(photograph())})
    picture = Attachment.objects.defer("content").get()
    url, page = _url("show", picture), reverse("feedback:thread-detail", args=[picture.post.thread_id])
    assert "Attach a picture" in client.get(page).content.decode()
    client.force_login(engineer)
    shown = client.get(page).content.decode()
    assert f'src="{url}" alt="{ALT}" width="40" height="60"' in shown
    assert "Attach a picture" not in shown
    assert "Remove this picture" not in shown
    assert client.get(_url("remove", picture)).status_code == 404
    assert client.get(reverse("feedback:post-attach", args=[picture.post_id])).status_code == 404
    call_command("dumpdata", "feedback")
    assert "IMG_2041" not in shown + capsys.readouterr().out
    client.force_login(staff_user)
    client.post(_url("remove", picture))
    assert not Attachment.objects.exists()
    assert not _events().exists()


def test_a_picture_is_served_so_that_it_can_do_nothing(
    client: Client, raised: Raised, engineer: User, technology_lead: User, it_manager: User
) -> None:
    post = reply(
        thread=raised(), by=engineer, body="Look", picture=made_anew(BytesIO(photograph()), 9), alt=ALT
    )
    picture = post.attachments.get()
    client.force_login(technology_lead)
    url = _url("show", picture)
    answer = client.get(url)
    assert answer.content == bytes(picture.content or b"")
    assert {name: answer[name] for name in ("Content-Type", "X-Content-Type-Options", "Cache-Control")} == {
        "Content-Type": "image/jpeg",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    hide_post(post=post, by=technology_lead, because="It is rude.")
    assert client.get(url).status_code == 200
    client.force_login(engineer)
    assert client.get(url).status_code == 404
    client.force_login(it_manager)
    remove = _url("remove", picture)
    assert "Answer “Why is it removed?”" in client.post(remove, {"because": ""}).content.decode()
    client.post(remove, {"because": "It shows a name."})
    assert client.get(url).status_code == 404
    assert Attachment.objects.values_list("content", "removed_because").get() == (None, "It shows a name.")
    [entry] = changes_of(picture)
    assert (entry.by, [(one.before, one.after) for one in entry.changes]) == (
        str(it_manager),
        [("nothing", "It shows a name.")],
    )


def test_the_api_takes_pictures_and_gives_them_to_readers(
    raised: Raised, staff_user: User, engineer: User, technology_lead: User
) -> None:
    post = raised(shown_as=ShownAs.ROLE).opening
    own, other, lead = (_api(user) for user in (staff_user, engineer, technology_lead))
    url = reverse("api-post-attach", args=[post.pk])

    def attach(client: APIClient, **given: Any) -> Any:
        return client.post(url, {"alt": ALT} | given, format="multipart")

    assert attach(other, picture=file(screenshot())).status_code == 403
    assert attach(own).json()["errors"][0]["field"] == "picture"
    made = attach(own, picture=file(screenshot())).json()
    assert (made["media_type"], made["width"], made["alt"]) == ("image/png", 60, ALT)
    assert "is or was here" in attach(own, picture=file(screenshot())).json()["errors"][0]["message"]
    for colour in ("red", "green", "blue"):
        assert attach(own, picture=file(screenshot(colour=colour))).status_code == 201
    full = attach(own, picture=file(screenshot(colour="white"))).json()
    assert "4 pictures at most" in full["errors"][0]["message"]
    [read] = other.get(f"/api/v1/feedback/threads/{post.thread_id}/posts/").json()["results"]
    assert read == other.get(reverse("api-post-detail", args=[post.pk])).json()
    assert read["attachments"][0] == made
    about = reverse("api-attachment-detail", args=[made["id"]])
    content = other.get(f"{about}content/")
    assert (content["Content-Type"], content["Cache-Control"]) == ("image/png", "private, no-cache")
    assert other.delete(about).status_code == 403
    assert own.delete(about).status_code == 204
    about = reverse("api-attachment-detail", args=[read["attachments"][1]["id"]])
    assert other.post(f"{about}remove/", {"because": "No"}).status_code == 403
    assert lead.post(f"{about}remove/", {"because": "A name"}).json()["removed_because"] == "A name"
    assert lead.post(f"{about}remove/", {"because": "A name"}).status_code == 409
    assert other.get(f"{about}content/").status_code == 404


def test_pictures_go_with_their_time_and_with_whoever_is_erased(
    raised: Raised, department: Organisation, staff_user: User
) -> None:
    now = timezone.now()
    long_ago = now - dt.timedelta(days=800)
    done = ThreadFactory(organisation=department, status="done", status_at=long_ago)
    repeats = ThreadFactory(organisation=department, merged_into=done, status="duplicate", status_at=long_ago)
    of_open = ThreadFactory(organisation=department, status_at=long_ago)
    waits = ThreadFactory(
        organisation=department, merged_into=of_open, status="duplicate", status_at=long_ago
    )
    lately = ThreadFactory(organisation=department, status="declined", status_reason="No", status_at=now)
    threads = (done, repeats, of_open, waits, lately)
    pictures = [AttachmentFactory(post__thread=thread) for thread in threads]
    assert (forget_pictures(), forget_pictures()) == (2, 0)
    assert [_is_there(one) for one in pictures] == [False, False, True, True, True]
    assert list(Pruning.objects.values_list("what", "rows")) == [("pictures", 2)]
    person = StaffMemberFactory(
        organisation=department, user=staff_user, name="Ada Byron", leaves_on=timezone.localdate(long_ago)
    )
    named, anonymous = (
        AttachmentFactory(post=raised(shown_as=way).opening, alt="Ada Byron at her desk")
        for way in (ShownAs.NAME, ShownAs.ANONYMOUS)
    )
    erased = erase_person(person=person, asked_by="person", reason="She asked for it", by=None)
    assert erased.counts["pictures"] == 1
    assert [_is_there(one) for one in (named, anonymous)] == [False, True]
    assert not Attachment.objects.filter(alt__icontains="Ada Byron").exists()
    assert not _events().filter(alt__icontains="Ada Byron").exists()
    told = set(Attachment.objects.exclude(removed_because="").values_list("removed_because", flat=True))
    assert told == {"It is no longer kept"}, "which of them was erased with a person must not show"


def _is_there(picture: Attachment) -> bool:
    return Attachment.objects.there().filter(pk=picture.pk).exists()


def _url(verb: str, picture: Attachment) -> str:
    return reverse(f"feedback:attachment-{verb}", args=[picture.pk])


def _events() -> Any:
    events: Any = Attachment._meta.get_field("changes").related_model
    return events.objects.all()


def _api(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client
