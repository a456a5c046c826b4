"""Keeps throw-away servers until whoever started it closes our standard input, or is gone."""

import json
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from config.embedded.stack import Stack


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory(prefix="tranche-", ignore_cleanup_errors=True) as folder:
        stack = Stack(Path(folder), is_throwaway=True)
        try:
            with stack.in_use("postgres", "valkey") as running:
                environment = {
                    "DATABASE_URL": running.urls["postgres"],
                    "REDIS_URL": running.urls["valkey"],
                    "SECRET_KEY": stack.secrets().secret_key,
                }
                print(json.dumps(environment), flush=True)
                sys.stdin.read()
        finally:
            shutil.rmtree(stack.home, ignore_errors=True)


if __name__ == "__main__":
    main()
