"""Colours of statuses, by the word that is stored; the words themselves carry the meaning."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

# A status that is missing here is grey: it says nothing about good or bad.
WORDS_BY_COLOUR = {
    "green": "ready go pass passed accepted applied compliant enrolled kept handed_over complete done good "
    "valid signed_in",
    "red": "blocked no_go fail failed overdue lost stolen rejected noncompliant missed conflict revoked "
    "expired missing notice_passed",
    "yellow": "at_risk due_soon warning grace held silent inconclusive degraded late advisory expiring "
    "notice_due",
    "blue": "planned gate to_do in_stock ordered pending processing allocated proposed new started running "
    "booked",
    "teal": "issued deploying active live updated created open opening",
    "purple": "on_loan hypercare reflecting conditional_go waived",
    "orange": "in_repair closing running_down stale wiped deferred double_touch unenrolled renewed "
    "wrong_password wrong_code",
}
COLOURS = {word: colour for colour, words in WORDS_BY_COLOUR.items() for word in words.split()}


def tag(value: str, label: str = "") -> SafeString:
    """A GOV.UK tag for a stored status word; `label` where the word itself does not read well."""
    colour = COLOURS.get(value, "grey")
    text = label or value.replace("_", " ").capitalize()
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, text)
