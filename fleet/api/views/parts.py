"""What the API's views of facts share."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from rest_framework import mixins, viewsets

from fleet.api.permissions import MayChange
from fleet.api.watched import Watched


class VisibleRows(Watched, viewsets.GenericViewSet[Any]):
    """Rows through `visible_to`: what the person may not see is absent, for every method."""

    model: type[Model]
    change_permission: str
    permission_classes = [MayChange]

    def get_queryset(self) -> Any:
        manager: Any = self.model._default_manager
        if getattr(self, "swagger_fake_view", False):
            return manager.none()
        return manager.visible_to(self.request.user).order_by("pk")


class FactsViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    VisibleRows,
):
    """Listed, read, added and changed; facts are not deleted."""
