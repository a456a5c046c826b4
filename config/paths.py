"""Where the project lies, and the folder for everything that is made at run time."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR") or PROJECT / "var").resolve()
