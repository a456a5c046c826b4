"""Views of lists that people have named: filters, order and columns, to be opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from fleet.history import tracked
from fleet.models.organisations import Organisation

if TYPE_CHECKING:
    from fleet.models.accounts import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> SavedViewQuerySet:
        """One's own, and those shared in organisations in which one holds a role."""
        shared = Q(is_shared=True, organisation__in=sorted(user.access.organisation_ids()))
        return self.filter(Q(owner=user) | shared)

    def changeable_by(self, user: User) -> SavedViewQuerySet:
        """One's own, and what is shared where one manages access."""
        managed = sorted(user.access.whole_organisation_ids("access.manage"))
        return self.filter(Q(owner=user) | Q(is_shared=True, organisation__in=managed))


@tracked()
class SavedView(models.Model):
    """A list's query string under a name. `list` is the list's key; the place in the list is never kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="saved_views")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    list = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=2000, blank=True)
    is_shared = models.BooleanField("shared in the organisation", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint("owner", "list", Lower("name"), name="saved_view_name")]
        indexes = [
            # the views above a list
            models.Index(
                fields=["list", "organisation"], condition=Q(is_shared=True), name="saved_view_shared"
            )
        ]

    def __str__(self) -> str:
        return self.name
