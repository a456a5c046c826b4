"""Which MDM source wins where several speak of one device, and whether the devices follow yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fleet.history import tracked
from fleet.models.constraints import one_of
from fleet.models.organisations import Organisation
from fleet.models.sources import MdmSource
from fleet.vocabulary import FactGroup

if TYPE_CHECKING:
    from fleet.models.accounts import User


class SourceRankQuerySet(models.QuerySet["SourceRank"]):
    def visible_to(self, user: User) -> SourceRankQuerySet:
        return self.filter(user.access.scope("mdm.view", sites=()))


@tracked()
class SourceRank(models.Model):
    """For facts of this group `source` comes before those of a higher rank; 1 is the first.

    Sources without a rank count only for facts that none with one tells; among them the newest.
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="source_ranks",
        db_index=False,  # source_rank_once begins with it
    )
    group = models.CharField("facts", max_length=20, choices=FactGroup)
    source = models.ForeignKey(MdmSource, on_delete=models.CASCADE, related_name="ranks")
    rank = models.PositiveSmallIntegerField()

    objects = SourceRankQuerySet.as_manager()

    class Meta:
        ordering = ["group", "rank"]
        constraints = [
            # the ranks of an organisation, in order
            models.UniqueConstraint(fields=["organisation", "group", "rank"], name="source_rank_once"),
            models.UniqueConstraint(
                fields=["organisation", "group", "source"], name="source_rank_of_source_once"
            ),
            one_of("group", FactGroup, name="source_rank_group"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="source_rank_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}: {self.rank}. {self.source}"


class RankingQuerySet(models.QuerySet["Ranking"]):
    def under_way(self) -> RankingQuerySet:
        return self.filter(done_at__isnull=True)


class Ranking(models.Model):
    """How far the devices of an organisation follow its ranks: the queue of record of the worker's task.

    Devices that several sources report are looked at in the order of their keys; `last_device` is the last.
    """

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.CASCADE, related_name="ranking"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    last_device = models.BigIntegerField(default=0)
    looked_at = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = RankingQuerySet.as_manager()

    class Meta:
        indexes = [
            # what the sweep hands out again
            models.Index(fields=["asked_at"], condition=Q(done_at__isnull=True), name="ranking_under_way"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.looked_at} devices"
