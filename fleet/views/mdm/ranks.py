"""Who wins: the order of an organisation's MDM sources for each group of facts, and its change."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from fleet.forms.ranks import RanksForm
from fleet.mdm.ranking import set_ranks
from fleet.mdm.ranks import GROUPS
from fleet.mdm.telling import LABELS
from fleet.models import MdmSource, Organisation, Ranking, SourceRank
from fleet.tasks import wake_ranking
from fleet.views.facts import FactsForm
from fleet.vocabulary import FactGroup
from fleet.web.requests import signed_in


class Group(NamedTuple):
    """A group of facts and the sources that win for it, from the first."""

    key: str
    label: str
    facts: str
    sources: list[MdmSource]
    edit_url: str


class Ranked(NamedTuple):
    """One organisation with its groups, and how far its devices follow (None: no rule was ever made)."""

    organisation: Organisation
    groups: list[Group]
    ranking: Ranking | None
    has_several: bool


def facts_of(group: str) -> str:
    """The facts of a group in a phrase."""
    return ", ".join(LABELS[name] for name in GROUPS[group])


def ranked(request: HttpRequest) -> list[Ranked]:
    """Every organisation whose sources this person sees. Three queries."""
    user = signed_in(request)
    sources = MdmSource.objects.visible_to(user).select_related("organisation").order_by("organisation__name")
    organisations = {one.organisation_id: one.organisation for one in sources}
    counts = {pk: sum(one.organisation_id == pk for one in sources) for pk in organisations}
    order: dict[tuple[int, str], list[MdmSource]] = {}
    for rank in SourceRank.objects.visible_to(user).select_related("source").order_by("rank"):
        order.setdefault((rank.organisation_id, rank.group), []).append(rank.source)
    rankings = Ranking.objects.in_bulk(list(organisations))
    return [
        Ranked(organisation, _groups(request, organisation, order), rankings.get(pk), counts[pk] > 1)
        for pk, organisation in organisations.items()
    ]


def _groups(
    request: HttpRequest, organisation: Organisation, order: dict[tuple[int, str], list[MdmSource]]
) -> list[Group]:
    may = signed_in(request).access.may_change("mdm.manage", organisation_id=organisation.pk)
    return [
        Group(
            group.value,
            group.label,
            facts_of(group),
            order.get((organisation.pk, group), []),
            reverse("fleet:rank-edit", args=[organisation.pk, group.value]) if may else "",
        )
        for group in FactGroup
    ]


@require_safe
def rank_list(request: HttpRequest) -> HttpResponse:
    if not signed_in(request).access.may("mdm.view"):
        raise Http404
    found = ranked(request)
    is_under_way = any(one.ranking and not one.ranking.done_at for one in found)
    return render(request, "fleet/mdm_rank_list.html", {"ranked": found, "is_under_way": is_under_way})


class EditRanks(FactsForm):
    """The order for one group of facts."""

    form_class = RanksForm
    permission = "mdm.manage"
    template_name = "fleet/mdm_rank_edit.html"
    heading = "Who wins"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not signed_in(request).access.may_change(self.permission, organisation_id=self.organisation.pk):
            raise Http404
        if kwargs["group"] not in FactGroup.values:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def organisation(self) -> Organisation:
        where = signed_in(self.request).access.organisation_ids("mdm.view")
        return get_object_or_404(Organisation.objects.filter(pk__in=where), pk=self.kwargs["pk"])

    @cached_property
    def sources(self) -> QuerySet[MdmSource]:
        return MdmSource.objects.filter(organisation=self.organisation)

    def get_form_kwargs(self) -> dict[str, Any]:
        known = SourceRank.objects.filter(organisation=self.organisation, group=self.kwargs["group"])
        order = list(known.order_by("rank").values_list("source", flat=True))
        return super().get_form_kwargs() | {"sources": self.sources, "order": order}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        group = FactGroup(self.kwargs["group"])
        more = {"name": f"{self.organisation}: {group.label}", "facts": facts_of(group)}
        return super().get_context_data(**kwargs) | more

    def do(self, data: dict[str, Any]) -> str:
        is_changed = set_ranks(
            organisation=self.organisation,
            group=self.kwargs["group"],
            sources=data["order"],
            by=signed_in(self.request),
        )
        if not is_changed:
            return "The order stays as it was."
        wake_ranking(self.organisation.pk)
        return "The order is changed. The devices that several sources report follow in the background."

    def get_success_url(self) -> str:
        return reverse("fleet:rank-list")
