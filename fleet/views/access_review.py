"""The auditor's page: who may see and do what here, since when, given by whom, and what is odd about it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fleet.filters import AccessReviewFilter
from fleet.models import Grant, User
from fleet.services.access_review import FLAGS, does, flags, reviewed, sees
from fleet.views.invitations import site_codes_of, sites_of
from fleet.web.lists import ListPage
from fleet.web.tables import Column, to


def _wide(words: str) -> SafeString:
    """A list in words, in a column that is wide enough for it."""
    return format_html('<span class="app-words">{}</span>', words)


class AccessReview(ListPage):
    model = Grant
    filterset_class = AccessReviewFilter
    heading = "Who may see and do what here"
    nouns = ("role held", "roles held")
    default_sort = "person"
    permissions = ("access.view",)
    template_name = "fleet/access_review.html"
    columns = (
        Column(key="person", title="Person", value="user", csv="user__name", link=to("fleet:grant-detail")),
        Column(key="email", title="Email address", value="user.email"),
        Column(key="organisation", title="Organisation", value="organisation.name", csv="organisation__code"),
        Column(key="sites", title="Sites", value=sites_of, csv=site_codes_of),
        Column(key="role", title="Role", value="role.name", csv="role__key"),
        Column(key="sees", title="Sees", value=lambda grant: _wide(sees(grant)), csv=sees),
        Column(key="does", title="May do", value=lambda grant: _wide(does(grant) or "Nothing"), csv=does),
        Column(
            key="flags",
            title="Look at",
            value=lambda grant: ", ".join(FLAGS[flag] for flag in flags(grant)),
            csv=lambda grant: [*flags(grant)],
            empty="Nothing odd",
        ),
        Column(key="starts_at", title="Since"),
        Column(key="given_by", title="Given by", value="given_by", csv="given_by__email", empty="A command"),
        Column(key="ends_at", title="Ends", empty="No end"),
        Column(key="last_sign_in", title="Last sign-in", value="user.last_login", empty="Never"),
        Column(key="has_second_factor", title="Second factor"),
        Column(key="tokens_live", title="Tokens that work", is_numeric=True),
        Column(key="token_used_at", title="Token last used", empty="Never"),
    )

    def get_queryset(self) -> QuerySet[Grant]:
        rows = reviewed(super().get_queryset())
        return rows.select_related("user", "role", "organisation", "given_by").prefetch_related("sites")


def review_url(user: User, *, permission: str, site_id: int | None) -> str:
    """Where “Who may see this?” leads; empty for those who may not know."""
    if not user.access.may("access.view"):
        return ""
    where = f"&site={site_id}" if site_id else ""
    return f"{reverse('fleet:access-review')}?permission={permission}{where}"
