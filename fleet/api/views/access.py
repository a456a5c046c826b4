"""Roles, who holds them, and who is invited to them."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from fleet.api.serializers.access import (
    EndRoleSerializer,
    GrantSerializer,
    InvitationSerializer,
    InviteSerializer,
    ReviewedGrantSerializer,
    RoleSerializer,
    SentInvitationSerializer,
    SignInSerializer,
)
from fleet.api.views.parts import VisibleRows
from fleet.filters import AccessReviewFilter, GrantFilter, InvitationFilter, SignInFilter
from fleet.models import Grant, Invitation, Role, SignInEvent, User
from fleet.services import mail
from fleet.services.access_review import reviewed
from fleet.services.grants import MANAGE, end_role
from fleet.services.invitation_mail import link_path
from fleet.services.invitations import invite, renew, withdraw_invitation
from fleet.tasks import mail_invitation, post_mail


@extend_schema_view(list=extend_schema(summary="Roles and what they permit"))
class RoleViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Role]):
    queryset = Role.objects.all()
    serializer_class = RoleSerializer

    def get_queryset(self) -> QuerySet[Role]:
        if getattr(self, "swagger_fake_view", False):
            return Role.objects.none()
        return Role.objects.visible_to(_person(self.request)).select_related("organisation")


@extend_schema_view(
    list=extend_schema(summary="Who holds which role"), retrieve=extend_schema(summary="One role held")
)
class GrantViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, VisibleRows):
    model = Grant
    seen = "accounts"
    serializer_class = GrantSerializer
    filterset_class = GrantFilter
    change_permission = MANAGE

    def get_queryset(self) -> QuerySet[Grant]:
        grants: QuerySet[Grant] = super().get_queryset()
        return grants.select_related("user", "role", "organisation", "given_by").prefetch_related("sites")

    @extend_schema(summary="End a role", request=EndRoleSerializer, responses=GrantSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        asked = EndRoleSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        end_role(grant=self.get_object(), by=_person(request), **asked.validated_data)
        return Response(self.get_serializer(self.get_object()).data)


@extend_schema_view(list=extend_schema(summary="Who may see and do what, now or on a day"))
class AccessReviewViewSet(mixins.ListModelMixin, VisibleRows):
    model = Grant
    serializer_class = ReviewedGrantSerializer
    filterset_class = AccessReviewFilter
    change_permission = MANAGE

    def get_queryset(self) -> QuerySet[Grant]:
        rows = reviewed(super().get_queryset())
        return rows.select_related("user", "role", "organisation", "given_by").prefetch_related("sites")


@extend_schema_view(
    list=extend_schema(summary="Who is invited to which role"),
    retrieve=extend_schema(summary="One invitation"),
)
class InvitationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, VisibleRows):
    model = Invitation
    serializer_class = InvitationSerializer
    filterset_class = InvitationFilter
    change_permission = MANAGE

    def get_queryset(self) -> QuerySet[Invitation]:
        rows: QuerySet[Invitation] = super().get_queryset()
        return rows.select_related("role", "organisation", "invited_by").prefetch_related("sites")

    @extend_schema(
        summary="Invite somebody to a role",
        request=InviteSerializer,
        responses={201: SentInvitationSerializer},
    )
    def create(self, request: Request) -> Response:
        asked = InviteSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        return self._sent(*invite(by=_person(request), **asked.validated_data), code=status.HTTP_201_CREATED)

    @extend_schema(summary="Send an invitation again", request=None, responses=SentInvitationSerializer)
    @action(detail=True, methods=["post"])
    def renew(self, request: Request, pk: str) -> Response:
        invitation = self.get_object()
        return self._sent(invitation, renew(invitation=invitation, by=_person(request)))

    @extend_schema(summary="Withdraw an invitation", request=None, responses=InvitationSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        withdraw_invitation(invitation=self.get_object(), by=_person(request))
        return Response(self.get_serializer(self.get_object()).data)

    def _sent(self, invitation: Invitation, secret: str, code: int = status.HTTP_200_OK) -> Response:
        link = "" if mail.is_sent() else mail.address(link_path(secret))
        if not link:
            post_mail(mail_invitation, invitation.pk)
        answer = self.get_serializer(invitation).data | {"link": link}
        return Response(answer, status=code, headers={"Cache-Control": "no-store"})


@extend_schema_view(list=extend_schema(summary="Sign-ins, the newest first"))
class SignInViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[SignInEvent]):
    """Of people who hold roles where the caller may see who holds which."""

    queryset = SignInEvent.objects.none()
    serializer_class = SignInSerializer
    filterset_class = SignInFilter
    default_sort = "-at"

    def get_queryset(self) -> QuerySet[SignInEvent]:
        return SignInEvent.objects.visible_to(_person(self.request)).select_related("user", "by")


def _person(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user
