"""What the viewsets of rollouts share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from fleet.errors import Forbidden
from fleet.models import User

M = TypeVar("M", bound=Model)


class ScopedViewSet(viewsets.GenericViewSet[M], Generic[M]):
    """Rows come from `get_queryset`, which starts from `visible_to`; what is not visible is absent."""

    # Whoever holds none of these anywhere may not add a row, and is told so before the request is read.
    adding: tuple[str, ...] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action == "create" and not self.user.access.may_any(self.adding):
            raise Forbidden("Your roles do not let you add this.")

    # The rows of a list are filtered, the row of an address is not.
    def get_object(self) -> M:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def require_planner(self, organisation_id: int) -> None:
        """Raises Forbidden for those who do not plan: a role at some sites alone is not enough."""
        if organisation_id not in self.user.access.whole_organisation_ids("rollouts.plan"):
            raise Forbidden("Your roles do not let you plan in this organisation.")


def offer(
    serializer: BaseSerializer[Any], fields: dict[str, Any], **rows: Callable[[User], QuerySet[Any]]
) -> None:
    """Lets `fields` name only the rows that the person may, found by a function of the user for each."""
    request = serializer.context.get("request")
    if request is not None and request.user.is_authenticated:
        for name, find in rows.items():
            fields[name].queryset = find(request.user)


def checked(serializer: BaseSerializer[Any]) -> dict[str, Any]:
    """What was sent, or a validation error that names the field."""
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
