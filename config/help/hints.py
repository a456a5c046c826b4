"""Which guide goes with which page: where Help leads from there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

# Beginning of a page's name → guide; the longest that fits counts.
GUIDES = {
    "feedback:": "how-to/raise-and-answer-feedback",
    "feedback:import": "how-to/import-comments",
    "feedback:gathering": "how-to/hold-a-session-in-person",
    "feedback:own-surveys": "how-to/run-a-survey",
    "feedback:survey": "how-to/run-a-survey",
    "feedback:question": "how-to/run-a-survey",
    "home:": "how-to/decide-on-a-tranche",
    "fleet:": "how-to/find-and-export",
    "fleet:access-log": "how-to/audit-who-did-what",
    "fleet:access-review": "how-to/give-and-end-access",
    "fleet:account": "how-to/sign-in-and-second-factor",
    "fleet:api-token": "how-to/give-and-end-access",
    "fleet:bulk": "how-to/change-many-at-once",
    "fleet:change-log": "how-to/audit-who-did-what",
    "fleet:classification": "how-to/switch-classification-scheme",
    "fleet:conflict": "explanation/identity",
    "fleet:contract": "how-to/keep-contracts",
    "fleet:course": "how-to/record-training",
    "fleet:delivery": "reference/mdm-adapters",
    "fleet:delivery-body": "how-to/replay-a-delivery",
    "fleet:delivery-replay": "how-to/replay-a-delivery",
    "fleet:delivery-try": "how-to/replay-a-delivery",
    "fleet:discrepancy": "how-to/reconcile-your-records",
    "fleet:estate": "how-to/follow-versions-over-time",
    "fleet:device-event": "explanation/what-mdm-systems-say",
    "fleet:device-said": "explanation/what-mdm-systems-say",
    "fleet:grant": "how-to/give-and-end-access",
    "fleet:import": "how-to/import-your-spreadsheets",
    "fleet:bill": "how-to/import-a-carrier-bill",
    "fleet:line": "how-to/import-a-carrier-bill",
    "fleet:usage": "how-to/import-a-carrier-bill",
    "fleet:carrier-mapping": "how-to/import-a-carrier-bill",
    "fleet:tariff": "how-to/import-a-carrier-bill",
    "fleet:invitation": "how-to/give-and-end-access",
    "fleet:person-erase": "how-to/erase-a-person",
    "fleet:rank": "explanation/what-mdm-systems-say",
    "fleet:reconciliation": "how-to/reconcile-your-records",
    "fleet:role": "how-to/give-and-end-access",
    "fleet:scheme": "how-to/switch-classification-scheme",
    "fleet:second-factor": "how-to/sign-in-and-second-factor",
    "fleet:session": "how-to/sign-in-and-second-factor",
    "fleet:sign-in": "how-to/sign-in-and-second-factor",
    "fleet:source": "reference/mdm-adapters",
    "fleet:switch": "how-to/switch-classification-scheme",
    "fleet:token": "how-to/give-and-end-access",
    "fleet:training": "how-to/record-training",
    "rollouts:": "how-to/decide-on-a-tranche",
}


def slug_for(view_name: str) -> str:
    """The guide of a page, or empty where the index serves as well."""
    fitting = [start for start in GUIDES if view_name.startswith(start)]
    return GUIDES[max(fitting, key=len)] if fitting else ""


def page(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame shows of help."""
    return {"help_url": SimpleLazyObject(lambda: _address(request))}


def _address(request: HttpRequest) -> str:
    slug = slug_for(request.resolver_match.view_name if request.resolver_match else "")
    return reverse("help:guide", args=slug.split("/")) if slug else reverse("help:index")
