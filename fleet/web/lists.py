"""The list page: declare columns and a FilterSet, and get table, search, sorting, pages and CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, ClassVar, cast

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from fleet.errors import Invalid
from fleet.services import access_log
from fleet.web import columns, cursors
from fleet.web.bulk import BulkAction, offered
from fleet.web.columns import Choice
from fleet.web.exports import csv_response
from fleet.web.filters import ListFilterSet, address, chosen
from fleet.web.forms import FilterForm
from fleet.web.keyset import Cut, Keyset, Order
from fleet.web.pages import pages
from fleet.web.requests import signed_in
from fleet.web.saved import LISTS, pairs, refusals, views_of
from fleet.web.tables import Column, Heading, Table
from fleet.web.workbooks import MOST_ROWS, xlsx_response

DOWNLOADS = {"csv": csv_response, "xlsx": xlsx_response}


class ListPage(View):
    """Answers `?q=…&sort=-seen&after=…&format=csv`; all its state is in the address.

    Subclasses declare what follows; `get_queryset` adds what the columns need (select_related, annotations).
    A column sorts where the FilterSet has a sort of its key.
    Without any of `permissions` the page is absent. Forbidden rows are absent already, by `visible_to`.
    """

    model: ClassVar[type[Model]]
    filterset_class: ClassVar[type[ListFilterSet]]
    columns: ClassVar[Sequence[Column]]
    heading: ClassVar[str]
    nouns: ClassVar[tuple[str, str]]
    default_sort: ClassVar[str]
    permissions: ClassVar[tuple[str, ...]] = ()
    # Whether a role at some sites of an organisation does not do, because it would see no rows.
    is_whole: ClassVar[bool] = False
    page_size: ClassVar[int] = 50
    template_name: ClassVar[str] = "base_list.html"
    empty_text: ClassVar[str] = ""
    # What its rows show of people, for the access log.
    seen: ClassVar[str] = ""
    bulk: ClassVar[Sequence[BulkAction]] = ()
    key: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Adds the list to those of which views can be saved, by its `key` or what its rows are called."""
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "filterset_class"):
            cls.key = cls.__dict__.get("key") or cls.nouns[1].replace(" ", "-")
            LISTS[cls.key] = cls

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        access = signed_in(request).access
        if self.permissions and not access.may_any(self.permissions, is_whole=self.is_whole):
            raise Http404

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        asked = request.GET.get("format", "")
        download = DOWNLOADS.get(asked)
        if download and self.is_valid:
            self.note_seen(self.keyset.ordered.count, is_export=True)
            return download(self.choice.exported, self.keyset.ordered, self.nouns[1].replace(" ", "-"))
        return self.page(status=400 if asked else 200)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Hands the rows chosen in the bar for bulk changes, as posted, to the page of the change."""
        asked = request.POST.get("change")
        action = next((one for one in self.bulk_offered if one.key == asked), None)
        if action is None:
            raise Http404
        return HttpResponseRedirect(reverse(action.url_name), preserve_request=True)

    @cached_property
    def bulk_offered(self) -> Sequence[BulkAction]:
        return offered(self.bulk, signed_in(self.request))

    def page(self, status: int) -> HttpResponse:
        context = self.get_context_data()
        self.note_seen(lambda: len(self.cut.keys))
        return render(self.request, self.template_name, context, status=status)

    def note_seen(self, rows: Callable[[], int], *, is_export: bool = False) -> None:
        """Tell the access log how many people's data are shown, and by which filters they were found."""
        if self.seen:
            form = self.filterset.form
            filters = access_log.in_words(form, chosen(form, self.params)) if self.is_valid else ""
            access_log.note(self.request, self.seen, rows=rows(), filters=filters, is_export=is_export)

    def get_queryset(self) -> QuerySet[Any]:
        """Every row that this person may see on this page."""
        manager: Any = self.model._default_manager
        return cast(QuerySet[Any], manager.visible_to(signed_in(self.request)))

    @cached_property
    def params(self) -> QueryDict:
        return self.filterset_class.renamed(self.request.GET)

    @cached_property
    def filterset(self) -> ListFilterSet:
        return self.filterset_class(self.params, queryset=self.get_queryset(), request=self.request)

    @cached_property
    def is_valid(self) -> bool:
        """Whether every parameter makes sense; what does not is an error of the filter form."""
        form: FilterForm = self.filterset.form
        for refusal in refusals(self, self.params):
            form.add_error(None, refusal)
        if (asked := self.params.get("format", "")) and asked not in DOWNLOADS:
            form.add_error(None, f"There is no format “{asked}”. Choose one of: {', '.join(DOWNLOADS)}")
        return form.is_valid()

    @property
    def sort(self) -> str:
        return self.params.get("sort") or self.default_sort

    @cached_property
    def order(self) -> Order | None:
        return Order.of(self.sort, self.filterset_class.sorts)

    @cached_property
    def choice(self) -> Choice:
        return Choice(self.columns, self.params.getlist(columns.PARAMETER))

    @cached_property
    def keyset(self) -> Keyset:
        """What matches, in order."""
        everything: QuerySet[Any] = self.filterset.queryset
        if not self.is_valid:  # and so without what the filters add to be sorted by
            return Keyset(everything.none(), Order())
        return Keyset(self.filterset.qs, self.order or Order())

    @cached_property
    def cut(self) -> Cut:
        """The keys of the page that the address asks for; the first one's where the address is wrong."""
        try:
            return self.keyset.page(self.page_size, **cursors.positions(self.keyset, self.params))
        except Invalid as error:
            self.filterset.form.add_error(None, str(error))
            return self.keyset.page(self.page_size)

    def whole(self, ids: Iterable[Any]) -> list[Any]:
        """The rows with these keys, in that order.

        The keys are sorted alone: sorting rows as wide as the columns need takes several times as long.
        """
        keys = list(ids)
        found = self.get_queryset().in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.choice.shown]

    def _heading(self, column: Column) -> Heading:
        if column.key not in self.filterset_class.sorts:
            return Heading(column)
        is_current = column.key == self.sort.removeprefix("-")
        is_ascending = is_current and not self.sort.startswith("-")
        direction = ("ascending" if is_ascending else "descending") if is_current else ""
        key = f"-{column.key}" if is_ascending else column.key
        return Heading(column, address(self.params, sort=key, format=None), direction)

    def downloads(self, matched: int) -> list[tuple[str, str]]:
        """(words, address): what matches, with the columns chosen, and with all columns where some are."""
        kinds = [("CSV", "csv"), *([("Excel", "xlsx")] if matched <= MOST_ROWS else [])]
        found = [(words, address(self.params, format=kind)) for words, kind in kinds]
        if self.choice.keys:
            found.append(("CSV with all columns", address(self.params, format="csv", columns=None)))
        return found

    def get_context_data(self) -> dict[str, Any]:
        params = self.params
        in_force = chosen(self.filterset.form, params) if self.is_valid else []
        cut, matched, kept = self.cut, self.keyset.rows.count(), pairs(params)
        views = views_of(self, params, signed_in(self.request))
        filtered = bool(in_force) or not self.is_valid
        total = self.get_queryset().count() if filtered else matched
        return {
            "heading": self.heading,
            "form": self.filterset.form,
            "pages": pages(params, cursors.links(self.keyset, cut)),
            "shown": len(cut.keys),
            "matched": matched,
            "matched_noun": self.nouns[0 if matched == 1 else 1],
            "matched_nouns": self.nouns[1],
            "total": total,
            "is_empty": not total and self.is_valid,
            "chosen": in_force,
            "sort": params.get("sort", ""),
            "clear_url": self.request.path,
            "downloads": self.downloads(matched),
            "columns": self.choice.options,
            "name_title": self.columns[0].title.lower(),
            "chose_columns": bool(self.choice.keys),
            "usual_columns_url": address(params, columns=None, format=None),
            "kept": [pair for pair in kept if pair[0] != columns.PARAMETER],
            "kept_columns": [pair for pair in kept if pair[0] == columns.PARAMETER],
            "key": self.key,
            "views": views,
            "may_save": bool(kept) and self.is_valid and not any(view.is_current for view in views),
            "bulk": self.bulk_offered,
            "filters": address(params, format=None).removeprefix("?"),
            "table": Table(
                columns=self.columns,
                rows=self.whole(cut.keys),
                caption=self.heading,
                is_caption_hidden=True,
                headings=self.headings(),
                has_ticks=bool(self.bulk_offered),
            ),
            "empty_heading": f"No {self.nouns[1]} yet",
            "empty_text": self.empty_text,
        }
