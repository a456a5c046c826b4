"""Files of facts: read, checked row by row, and merged into the register as one step."""

from fleet.services.imports.kinds import KINDS
from fleet.services.imports.loading import load_csv, load_file

__all__ = ["KINDS", "load_csv", "load_file"]
