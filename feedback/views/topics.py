"""The topics of an organisation: which are offered, and the words that point to them."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet
from django.urls import reverse

from feedback.filters import TopicFilter
from feedback.forms.policies import TopicForm
from feedback.models import Thread, Topic
from feedback.services.taxonomy import fill_in
from fleet.models.counts import count_of
from fleet.views.facts import AddFacts, EditFacts
from fleet.web.lists import ListPage
from fleet.web.requests import signed_in
from fleet.web.tables import Column

PERMISSION = "feedback.moderate"


class TopicList(ListPage):
    model = Topic
    filterset_class = TopicFilter
    heading = "Topics"
    nouns = ("topic", "topics")
    default_sort = "name"
    permissions = (PERMISSION,)
    is_whole = True
    template_name = "feedback/topic_list.html"
    columns = (
        Column(key="name", title="Name", link=lambda topic: reverse("feedback:topic-edit", args=[topic.pk])),
        Column(
            key="synonyms",
            title="Words that point to it",
            value=lambda topic: ", ".join(topic.synonyms),
            empty="None",
        ),
        Column(
            key="threads",
            title="Threads",
            value="thread_count",
            is_numeric=True,
            link=lambda topic: f"{reverse('feedback:thread-list')}?topic={topic.pk}",
        ),
        Column(key="is_retired", title="No longer offered"),
    )

    def get_queryset(self) -> QuerySet[Topic]:
        where = signed_in(self.request).access.whole_organisation_ids(PERMISSION)
        fill_in(where)
        threads = Thread.objects.standing().order_by()
        rows = Topic.objects.filter(organisation__in=where)
        return rows.annotate(thread_count=count_of(threads, topic=OuterRef("pk")))


class _OfTopics:
    row: Topic

    def do(self, data: dict[str, Any]) -> str:
        self.row.save()
        return f"{self.row} is saved."

    def get_success_url(self) -> str:
        return reverse("feedback:topic-list")

    @property
    def cancel_url(self) -> str:
        return self.get_success_url()


class AddTopic(_OfTopics, AddFacts):
    model = Topic
    form_class = TopicForm
    permission = PERMISSION
    heading = "Add a topic"


class EditTopic(_OfTopics, EditFacts):
    model = Topic
    form_class = TopicForm
    permission = PERMISSION
    heading = "Change the topic"
