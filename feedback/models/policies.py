"""What an organisation has decided on feedback: who may be named, by when answers are due, which topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from feedback.vocabulary import ShownAs
from fleet.history import tracked
from fleet.models import Organisation
from fleet.models.constraints import one_of

if TYPE_CHECKING:
    from fleet.models import User


def every_way() -> list[str]:
    return list(ShownAs.values)


@tracked()
class FeedbackPolicy(models.Model):
    """An organisation's rules; one that has none goes by the defaults (`FeedbackPolicy.of`).

    `answer_within_days`: working days from raising a thread to its official response.
    `update_every_days`: working days from one word on an unsettled thread to the next.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="feedback_policy"
    )
    ways_to_be_shown = ArrayField(
        models.CharField(max_length=10, choices=ShownAs),
        verbose_name="how people may be shown",
        default=every_way,
    )
    shown_as = models.CharField("unless they choose", max_length=10, choices=ShownAs, default=ShownAs.NAME)
    answer_within_days = models.PositiveSmallIntegerField(
        "working days to an official response", default=20, validators=[MinValueValidator(1)]
    )
    update_every_days = models.PositiveSmallIntegerField(
        "working days from one update to the next", default=20, validators=[MinValueValidator(1)]
    )

    class Meta:
        constraints = [
            one_of("shown_as", ShownAs, name="feedback_policy_shown_as"),
            models.CheckConstraint(
                condition=Q(answer_within_days__gte=1, update_every_days__gte=1), name="feedback_policy_days"
            ),
        ]

    def __str__(self) -> str:
        return f"Feedback policy of {self.organisation}"

    @classmethod
    def of(cls, organisation: Organisation) -> FeedbackPolicy:
        """The rules in force, saved or not."""
        return cls.objects.filter(organisation=organisation).first() or cls(organisation=organisation)


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: User) -> TopicQuerySet:
        return self.filter(user.access.scope("feedback.view", sites=()))

    def offered(self) -> TopicQuerySet:
        """Those that can still be chosen."""
        return self.filter(is_retired=False)


@tracked()
class Topic(models.Model):
    """What a thread is about. A text that holds one of the `synonyms` is suggested this topic."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="topics")
    name = models.CharField(max_length=80)
    synonyms = ArrayField(
        models.CharField(max_length=60), verbose_name="words that point to it", default=list, blank=True
    )
    is_retired = models.BooleanField("no longer offered", default=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("organisation", Lower("name"), name="topic_name")]

    def __str__(self) -> str:
        return self.name
