"""The whole database as one file, and back: `manage.py backup` and `manage.py restore`."""

from config.backup.errors import BackupError
from config.backup.restoring import restore
from config.backup.saving import save

__all__ = ["BackupError", "restore", "save"]
