"""Files of contracts."""

from __future__ import annotations

from collections.abc import Sequence

from fleet import rules
from fleet.models import Contract, Organisation
from fleet.models.contracts import suggested_notice
from fleet.services.imports.kind import Kind, Values
from fleet.services.imports.references import by_email


class ContractKind(Kind):
    def settle(self, organisation: Organisation, rows: Sequence[Values]) -> None:
        """Notice of a new one is due a notice period before the end, unless the file says when."""
        for row in rows:
            if "id" not in row and row["notice_by"] is None:
                row["notice_by"] = suggested_notice(
                    row["starts_on"], row["ends_on"], row["notice_period"], row["notice_unit"]
                )


CONTRACTS = ContractKind(
    title="Contracts",
    permission="contracts.change",
    model=Contract,
    fields=(
        "supplier", "reference", "title", "kind", "covers", "device_count", "starts_on", "ends_on",
        "notice_by", "notice_period", "notice_unit", "renews_itself", "notice_given_on", "value_pence",
    ),
    references={"owner": by_email("owner")},
    identifiers=(("supplier", "reference"),),
    names_row=("title", "supplier", "reference"),
    url_name="fleet:contract-detail",
    list_url_name="fleet:contract-list",
    rules=rules.of_contract,
    # Which device models a contract covers is chosen on its page.
    ignored=frozenset({"state", "device_models"}),
    kept=frozenset({"notice_by"}),
    synonyms={
        "vendor": "supplier", "contract_number": "reference", "contract_no": "reference",
        "contract_reference": "reference", "contract": "title", "name": "title", "type": "kind",
        "description": "covers", "start_date": "starts_on", "starts": "starts_on", "end_date": "ends_on",
        "ends": "ends_on", "expires_on": "ends_on", "notice_date": "notice_by",
        "auto_renews": "renews_itself",
        "renews": "renews_itself", "devices": "device_count", "contract_owner": "owner",
    },
    meanings={
        "reference": "The number that the supplier knows it by, once a supplier",
        "covers": "What it covers, in words",
        "device_count": "How many devices it pays for",
        "starts_on": "Date",
        "ends_on": "Date",
        "notice_by": "Date: the last day to give notice. Empty: the notice period before the end; "
        "an empty cell leaves what is there",
        "notice_period": "A whole number of days or months",
        "renews_itself": "Whether it renews itself unless notice is given; no, unless said",
        "notice_given_on": "Date",
        "value_pence": "Whole pence",
        "owner": "The e-mail address of somebody who holds a role here",
    },
    example={
        "supplier": "Example Telephone Company", "reference": "C-0417", "title": "Smart phones for members",
        "kind": "connectivity", "covers": "10 phones with 1 GB a month each", "device_count": "10",
        "starts_on": "2026-04-01", "ends_on": "2028-03-31", "notice_period": "3", "notice_unit": "months",
        "value_pence": "720000",
    },
)  # fmt: skip
