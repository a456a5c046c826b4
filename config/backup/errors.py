class BackupError(Exception):
    """What a backup or a restore will not do; `str(error)` says what to do."""
