"""What a survey found, as its page and its downloads show it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from feedback.models import Survey
from feedback.services.surveying.by_site import AtSite, sites_of
from feedback.services.surveying.results import Found, Results, Share, results_of
from feedback.services.surveying.waves import Waves, waves_of
from feedback.views.survey_charts import figure_of, share_of
from feedback.views.survey_sheets import SHEETS, sheets_of
from fleet.models import Site
from fleet.services import access_log
from fleet.web.exports import csv_response
from fleet.web.tables import Column, Table


def interval(share: Share) -> str:
    return f"{share.low:.1f} to {share.high:.1f}"


SHARES = (
    Column(key="label", title="Answer"),
    Column(key="count", title="People", is_numeric=True),
    Column(key="percent", title="Share", value=share_of, is_numeric=True),
    Column(key="interval", title="95% interval (%)", value=interval, is_numeric=True),
)
MEASURED = (
    Column(key="count", title="Count"),
    Column(key="n", title="Of"),
    Column(key="percent", title="Percent", value=lambda row: _rounded(row, "percent")),
    Column(key="low", title="Lowest", value=lambda row: _rounded(row, "low")),
    Column(key="high", title="Highest", value=lambda row: _rounded(row, "high")),
)
RESULTS = (
    Column(key="number", title="Number"),
    Column(key="question", title="Question"),
    Column(key="kind", title="Kind"),
    Column(key="answer", title="Answer"),
    *MEASURED,
)
WAVES = (
    Column(key="opens_on", title="Opened"),
    Column(key="closes_on", title="Last day"),
    Column(key="question", title="Question"),
    Column(key="answer", title="Answer"),
    *MEASURED,
)
TEXTS = (Column(key="question", title="Question"), Column(key="text", title="What was written"))


def _rounded(row: dict[str, Any], name: str) -> float:
    return round(float(row[name]), 2)


def _measured(share: Share) -> dict[str, Any]:
    names = ("count", "n", "percent", "low", "high")
    return {name: getattr(share, name) for name in names}


def site_of(request: HttpRequest, survey: Survey) -> Site | None:
    """The site in `?site=`. Raises Http404 for what is none of the organisation's."""
    asked = request.GET.get("site", "")
    if not asked:
        return None
    key = int(asked) if asked.isdecimal() else 0
    site = Site.objects.filter(organisation=survey.organisation_id, pk=key).first()
    if site is None or not survey.shows_results or site not in [one.site for one in sites_of(survey)]:
        raise Http404
    return site


def shown_results(survey: Survey, results: Results, site: Site | None) -> dict[str, Any]:
    """What the page needs of them; charts stand with the whole survey alone."""
    waves = waves_of(survey) if site is None else Waves([], {})
    return {
        "results": results,
        "shown": [_block(one, waves) for one in results.found],
        "sites": _sites(results.sites) if site is None else None,
        "has_waves": any(waves.trends.values()),
    }


def _block(found: Found, waves: Waves) -> dict[str, Any]:
    question = found.question
    return {
        "found": found,
        "table": Table(columns=SHARES, rows=found.shares, caption=question.text, is_caption_hidden=True),
        "figure": figure_of(waves, waves.trends.get(question.pk, [])),
    }


def _sites(sites: list[AtSite]) -> Table | None:
    if not sites:
        return None
    columns = (
        Column(
            key="site",
            title="Site",
            value=lambda one: one.site or "Other sites",
            link=lambda one: f"?site={one.site.pk}" if one.site else "",
        ),
        Column(key="answered", title="Answered", is_numeric=True),
    )
    return Table(columns=columns, rows=sites, caption="By site", is_caption_hidden=True)


def download(
    request: HttpRequest, survey: Survey, site: Site | None, *, may_manage: bool
) -> HttpResponseBase:
    """`?show=` waves, texts or sheets (with names, for those who manage the survey); else the results."""
    show = request.GET.get("show", "")
    results = results_of(survey, site=site)
    if results is None:
        raise Http404
    if show == "sheets":
        if survey.is_anonymous or not may_manage:
            raise Http404
        sheets = list(sheets_of(survey))
        access_log.note(request, "sheets", survey, rows=len(sheets), is_export=True)
        return csv_response(SHEETS, sheets, "answers-with-names")
    if show == "waves":
        return csv_response(WAVES, list(wave_rows(waves_of(survey))), "waves")
    if show == "texts":
        texts = [{"question": one.question.text, "text": said} for one in results.found for said in one.texts]
        return csv_response(TEXTS, texts, "texts")
    return csv_response(RESULTS, list(result_rows(results)), "results")


def result_rows(results: Results) -> Iterator[dict[str, Any]]:
    for one in results.found:
        question = one.question
        named = {"number": question.number, "question": question.text, "kind": question.kind}
        for share in (*one.shares, *([one.upper] if one.upper else [])):
            yield {**named, "answer": share.label, **_measured(share)}


def wave_rows(waves: Waves) -> Iterator[dict[str, Any]]:
    for trends in waves.trends.values():
        for trend in trends:
            for survey, share in zip(waves.surveys, trend.shares, strict=True):
                if share:
                    days = {"opens_on": survey.opens_on, "closes_on": survey.closes_on}
                    yield {**days, "question": trend.question.text, "answer": trend.label, **_measured(share)}
