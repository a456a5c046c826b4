"""Who wins between MDM sources, and what each says of a device, in the API."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.mdm.deliveries import must_manage
from fleet.api.watched import Watched
from fleet.errors import Invalid
from fleet.mdm.ranking import set_ranks
from fleet.mdm.winning import AGREES, BY_RULE, NEWEST
from fleet.models import Device, MdmSource, Organisation, SourceRank
from fleet.tasks import wake_ranking
from fleet.views.mdm.said import said_of
from fleet.vocabulary import FactGroup


class RanksSerializer(serializers.Serializer[Any]):
    """The order for one group of facts; no sources: the newest observation wins."""

    organisation = serializers.CharField(read_only=True)
    group = serializers.ChoiceField(choices=FactGroup.choices, read_only=True)
    sources = serializers.ListField(
        child=serializers.SlugField(), help_text="Slugs; the first that tells a fact wins."
    )


class NewRanksSerializer(serializers.Serializer[Any]):
    """Slugs of sources, from the first that wins."""

    sources = serializers.ListField(child=serializers.SlugField(), max_length=100)


def _ranks_of(organisations: list[Organisation]) -> list[dict[str, Any]]:
    order: dict[tuple[int, str], list[str]] = {}
    rows = SourceRank.objects.filter(organisation__in=organisations).order_by("rank")
    for organisation, group, slug in rows.values_list("organisation", "group", "source__slug"):
        order.setdefault((organisation, group), []).append(slug)
    return [
        {"organisation": one.code, "group": group, "sources": order.get((one.pk, group), [])}
        for one in organisations
        for group in FactGroup.values
    ]


class RankList(generics.GenericAPIView[SourceRank]):
    queryset = SourceRank.objects.none()
    serializer_class = RanksSerializer
    filter_backends = ()
    pagination_class = None

    @extend_schema(summary="Who wins between MDM sources", responses=RanksSerializer(many=True))
    def get(self, request: Request) -> Response:
        where = request.user.access.organisation_ids("mdm.view")  # type: ignore[union-attr]
        organisations = Organisation.objects.filter(pk__in=where).order_by("code")
        return Response(_ranks_of(list(organisations)))


class RankDetail(generics.GenericAPIView[SourceRank]):
    queryset = SourceRank.objects.none()
    serializer_class = RanksSerializer

    @extend_schema(
        summary="Say who wins for a group of facts",
        request=NewRanksSerializer,
        responses=RanksSerializer,
    )
    def put(self, request: Request, code: str, group: str) -> Response:
        organisation = self._organisation(request, code)
        if group not in FactGroup.values:
            raise Http404
        given = NewRanksSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        slugs = given.validated_data["sources"]
        known = {one.slug: one for one in MdmSource.objects.filter(organisation=organisation, slug__in=slugs)}
        if unknown := [slug for slug in slugs if slug not in known]:
            raise Invalid(f"{organisation} has no source {unknown[0]}.", field="sources")
        sources = [known[slug] for slug in slugs]
        if set_ranks(organisation=organisation, group=group, sources=sources, by=request.user):  # type: ignore[arg-type]
            transaction.on_commit(lambda: wake_ranking(organisation.pk))
        return Response(next(one for one in _ranks_of([organisation]) if one["group"] == group))

    def _organisation(self, request: Request, code: str) -> Organisation:
        seen = request.user.access.organisation_ids("mdm.view")  # type: ignore[union-attr]
        organisation = generics.get_object_or_404(Organisation.objects.filter(pk__in=seen), code=code)
        must_manage(request, organisation.pk)
        return organisation


class ToldSerializer(serializers.Serializer[Any]):
    source = serializers.SlugField()  # type: ignore[assignment]
    value = serializers.CharField(help_text="In words, as the page shows it.")
    observed_at = serializers.DateTimeField()
    wins = serializers.ChoiceField(
        choices=["", NEWEST, BY_RULE, AGREES],
        help_text="Why this word counts: `agrees` with the one that does of facts that belong together. "
        "Empty where another counts, or none.",
    )


class SaidSerializer(serializers.Serializer[Any]):
    """One fact of a device as each source tells it."""

    field = serializers.CharField()
    group = serializers.CharField()
    differs = serializers.BooleanField()
    told = ToldSerializer(many=True)


class DeviceSaid(Watched, generics.GenericAPIView[Device]):
    """What each MDM source says of a device, field by field, and whose word counts."""

    seen = "device"
    queryset = Device.objects.none()
    serializer_class = SaidSerializer
    pagination_class = None
    filter_backends = ()

    def get_queryset(self) -> Any:
        return Device.objects.visible_to(self.request.user)  # type: ignore[arg-type]

    @extend_schema(summary="What MDM sources say of a device", responses=SaidSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        said = said_of(self.get_object())
        rows = [
            {
                "field": field.name,
                "group": field.group,
                "differs": field.differs,
                "told": [
                    {
                        "source": by.source.slug,
                        "value": one.value,
                        "observed_at": one.at,
                        "wins": one.wins,
                    }
                    for by, one in zip(said.sources, field.told, strict=True)
                    if one.value
                ],
            }
            for field in said.fields
        ]
        return Response(self.get_serializer(rows, many=True).data)
