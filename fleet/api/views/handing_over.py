"""Handing over what somebody holds, and what would go over."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from fleet.api.permissions import MayChange
from fleet.errors import Invalid
from fleet.models import User
from fleet.services.grants import MANAGE
from fleet.services.handing_over import found, hand_over, handing


class HandOverSerializer(serializers.Serializer[Any]):
    giver = serializers.EmailField()
    taker = serializers.EmailField()
    check = serializers.BooleanField(
        default=False, help_text="Only say what would go over and what would stay; change nothing."
    )


class ItemSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    what = serializers.CharField()
    stays = serializers.CharField(help_text="Why it cannot go over; empty for what goes.")


class HandedOverSerializer(serializers.Serializer[Any]):
    items = ItemSerializer(many=True)


class HandOvers(APIView):
    permission_classes = [MayChange]
    change_permission = MANAGE

    @extend_schema(
        summary="Hand over what somebody holds", request=HandOverSerializer, responses=HandedOverSerializer
    )
    def post(self, request: Request) -> Response:
        asked = HandOverSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data, by = asked.validated_data, request.user
        assert isinstance(by, User)
        known = User.objects.filter(grants__organisation__in=by.access.whole_organisation_ids(MANAGE))
        giver = known.filter(email__iexact=data["giver"]).first()
        if giver is None:
            raise Invalid("Nobody with this address holds a role where you give roles.", field="giver")
        try:
            agreed = handing(giver=giver, to=data["taker"], by=by)
        except Invalid as error:
            raise Invalid(str(error), field="taker") from error
        items = found(agreed) if data["check"] else hand_over(handing=agreed)
        return Response(HandedOverSerializer({"items": items}).data)
