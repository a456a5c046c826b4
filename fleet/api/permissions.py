"""Who may change what through the API. Reading needs no permission here: what one may not see is absent."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView


class MayChange(IsAuthenticated):
    """Writing needs the view's `change_permission`, for the row at hand where there is one."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not super().has_permission(request, view):
            return False
        return request.method in SAFE_METHODS or request.user.access.may(_wanted(view))  # type: ignore[union-attr]

    def has_object_permission(self, request: Request, view: APIView, obj: Any) -> bool:
        return request.method in SAFE_METHODS or request.user.access.may_touch(_wanted(view), obj)  # type: ignore[union-attr]


def _wanted(view: APIView) -> str:
    permission: str = view.change_permission  # type: ignore[attr-defined]
    return permission
