"""Which news one's own account gets by mail."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fleet.models import User
from fleet.services import digests
from fleet.services.digests.choosing import offered


class NewsSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    hint = serializers.CharField()
    is_wanted = serializers.BooleanField()


class OwnMailSerializer(serializers.Serializer[Any]):
    kinds = NewsSerializer(many=True)


class ChosenNewsSerializer(serializers.Serializer[Any]):
    kinds = serializers.ListField(
        child=serializers.CharField(), help_text="The keys of all that are wanted; the others are not."
    )


class OwnMail(APIView):
    @extend_schema(summary="News that you get by mail", responses=OwnMailSerializer)
    def get(self, request: Request) -> Response:
        return _answer(request)

    @extend_schema(
        summary="Choose the news that you get by mail",
        request=ChosenNewsSerializer,
        responses=OwnMailSerializer,
    )
    def put(self, request: Request) -> Response:
        asked = ChosenNewsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        digests.choose(user=_user(request), kinds=asked.validated_data["kinds"])
        return _answer(request)


def _answer(request: Request) -> Response:
    user = _user(request)
    wanted = digests.wanted(user)
    kinds = [
        {"key": kind.key, "title": kind.title, "hint": kind.hint, "is_wanted": kind.key in wanted}
        for kind in offered(user)
    ]
    return Response(OwnMailSerializer({"kinds": kinds}).data)


def _user(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user
