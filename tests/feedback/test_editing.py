"""People change what they said by name or role; readers see it, with every version."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from feedback.models import Post, Thread
from feedback.services.answering import respond
from feedback.services.editing import edit_post, versions_of
from feedback.services.moderating import hide_post, hide_thread
from feedback.services.raising import reply
from feedback.vocabulary import ShownAs
from fleet.errors import Conflict, Forbidden, Invalid
from fleet.history import acting
from fleet.models import User
from fleet.services.change_log import changes_of
from tests.feedback.conftest import Raised

pytestmark = pytest.mark.django_db


def test_readers_see_that_words_were_changed_and_what_stood_there(
    client: Client, raised: Raised, staff_user: User, engineer: User, technology_lead: User
) -> None:
    thread = raised(title="Nine minutes", body="It takes nine minutes.")
    post = thread.opening
    edit, page = _url("edit", post), reverse("feedback:thread-detail", args=[thread.pk])
    client.force_login(engineer)
    assert "Changed" not in client.get(page).content.decode()
    assert client.get(edit).status_code == 404
    client.force_login(staff_user)
    assert "It takes nine minutes." in client.get(edit).content.decode()
    assert "Enter what you say" in client.post(edit, {"title": "x", "body": ""}).content.decode()
    client.post(edit, {"title": "Ten minutes", "body": "It takes ten minutes."})
    hide_thread(thread=thread, by=technology_lead, because="For a moment.")
    assert client.get(edit).status_code == 404
    Thread.objects.update(hidden_at=None, hidden_because="")
    client.post(edit, {"title": "Ten minutes", "body": "It takes ten minutes, or eleven."})
    client.post(edit, {"title": "Ten minutes", "body": "It takes ten minutes, or eleven."})
    client.force_login(engineer)
    shown = client.get(page).content.decode()
    assert "It takes ten minutes, or eleven." in shown
    assert f'href="{_url("history", post)}"' in shown
    history = client.get(_url("history", post)).content.decode()
    versions = [
        ("Ten minutes", "It takes ten minutes, or eleven."),
        ("Ten minutes", "It takes ten minutes."),
        ("Nine minutes", "It takes nine minutes."),
    ]
    post.refresh_from_db()
    assert [(one.title, one.body) for one in versions_of(post)] == versions
    assert versions_of(post)[-1].at == post.posted_at
    assert [history.index(body) for _, body in versions] == sorted(
        history.index(body) for _, body in versions
    )
    [*_, first] = changes_of(post)
    assert (first.by, [(one.before, one.after) for one in first.changes if one.key == "body"]) == (
        str(staff_user),
        [("It takes nine minutes.", "It takes ten minutes.")],
    )


def test_who_is_shown_by_role_is_not_named_by_a_change_and_who_is_anonymous_makes_none(
    client: Client, raised: Raised, staff_user: User
) -> None:
    thread = raised(shown_as=ShownAs.ANONYMOUS)
    with pytest.raises(Forbidden, match="could tell who made it"):
        edit_post(post=thread.opening, by=staff_user, body="Ten.")
    client.force_login(staff_user)
    assert client.get(_url("edit", thread.opening)).status_code == 404
    page = client.get(reverse("feedback:thread-detail", args=[thread.pk])).content.decode()
    assert "could tell who made it" in page
    by_role = reply(thread=thread, by=staff_user, body="Hm", shown_as=ShownAs.ROLE)
    with acting(channel="page", actor_id=staff_user.pk, request_id="r-1"):
        edit_post(post=by_role, by=staff_user, body="So")
    [entry] = changes_of(by_role)
    assert (entry.by, entry.request_id) == ("", "")
    events: Any = Post._meta.get_field("changes").related_model
    contexts = events.objects.values_list("pgh_context__metadata", flat=True)
    assert not [one for one in contexts if str(staff_user.pk) in str(one.values()) or "r-1" in str(one)]


def test_an_official_response_keeps_its_versions_and_hidden_words_stay_hidden(
    client: Client, raised: Raised, technology_lead: User, it_manager: User, engineer: User
) -> None:
    thread = raised()
    post = respond(thread=thread, by=technology_lead, body="In May.", status="planned", seen_status="open")
    with pytest.raises(Forbidden, match="Only whoever said this"):
        edit_post(post=post, by=it_manager, body="In June.")
    with pytest.raises(Invalid):
        edit_post(post=post, by=technology_lead, body=" ")
    edit_post(post=post, by=technology_lead, body="In June.", title="Not a title of mine")
    assert Thread.objects.get().title == thread.title
    reader, lead = _api(engineer), _api(technology_lead)
    url = reverse("api-post-detail", args=[post.pk])
    assert [one["body"] for one in reader.get(f"{url}history/").json()] == ["In June.", "In May."]
    assert reader.patch(url, {"body": "Never"}).status_code == 403
    changed = lead.patch(url, {"body": "In July."}).json()
    assert (changed["body"], changed["edited_on"]) == ("In July.", changed["posted_on"])
    hide_post(post=post, by=it_manager, because="It is not decided.")
    assert reader.get(f"{url}history/").status_code == 404
    client.force_login(engineer)
    assert client.get(_url("history", post)).status_code == 404
    assert [one["body"] for one in lead.get(f"{url}history/").json()] == ["In July.", "In June.", "In May."]
    with pytest.raises(Conflict):
        edit_post(post=Post.objects.get(pk=post.pk), by=technology_lead, body="In August.")


def _url(verb: str, post: Post) -> str:
    return reverse(f"feedback:post-{verb}", args=[post.pk])


def _api(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client
