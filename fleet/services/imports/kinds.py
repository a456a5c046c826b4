"""The kinds of file that can be loaded, in the order in which they need each other."""

from __future__ import annotations

from fleet.services.imports.approvals import APPROVALS
from fleet.services.imports.classifications import CLASSIFICATIONS
from fleet.services.imports.contracts import CONTRACTS
from fleet.services.imports.devices import DEVICES
from fleet.services.imports.kind import Kind
from fleet.services.imports.models import MODELS
from fleet.services.imports.sites import SITES
from fleet.services.imports.staff import STAFF
from fleet.services.imports.training import COURSES, TRAINING

# A carrier's bill is read as somebody maps it (services/usage), so it is no kind with columns of its own.
BILL = "usage"
BILL_TITLE = "Carriers’ bills"

KINDS: dict[str, Kind] = {
    "classifications": CLASSIFICATIONS,
    "sites": SITES,
    "staff": STAFF,
    "models": MODELS,
    "devices": DEVICES,
    "approvals": APPROVALS,
    "courses": COURSES,
    "training": TRAINING,
    "contracts": CONTRACTS,
}
