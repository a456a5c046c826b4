"""The topics that a file of comments names, and those that its words suggest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from feedback.models import Topic
from feedback.services.importing.comments import Comment
from feedback.services.taxonomy import suggested, topics_of
from fleet.models import Organisation

# The database alone says which names are one, since it keeps them apart: in Greek or Turkish its capitals
# are others than Python's.
_NAMED = """
    SELECT topic.*, named.name AS told
    FROM unnest(%s::text[]) AS named (name)
    JOIN feedback_topic topic ON lower(topic.name) = lower(named.name) AND topic.organisation_id = %s
"""


class Topics:
    """Of an organisation, with those that the comments name: what is not there yet is added."""

    def __init__(self, organisation: Organisation, comments: Iterable[Comment]) -> None:
        self.offered = topics_of(organisation)
        names = list(dict.fromkeys(comment.topic for comment in comments if comment.topic))
        new = [Topic(organisation=organisation, name=name) for name in names]
        Topic.objects.bulk_create(new, ignore_conflicts=True)
        named: Iterable[Any] = Topic.objects.raw(_NAMED, [names, organisation.pk])
        self.by_name: dict[str, Topic] = {topic.told: topic for topic in named}

    def of(self, comment: Comment) -> Topic | None:
        """As the file has it, or as its words suggest."""
        if comment.topic:
            return self.by_name[comment.topic]
        return suggested(self.offered, f"{comment.title} {comment.body}")
