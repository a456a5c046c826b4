#!/usr/bin/env python
"""Django's command line for Tranche, on the embedded servers where no URL names real ones."""

import os
import signal
import sys

from config.embedded import EmbeddedServerError, filled_environment


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # A SIGTERM takes the ordinary way out too, so that the servers are let go.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with filled_environment():
            from django.core.management import execute_from_command_line

            execute_from_command_line(sys.argv)
    except EmbeddedServerError as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
