"""`python -m config.embedded COMMAND …` runs a command on throw-away servers of its own."""

import os
import subprocess
import sys

from config.embedded.throwaway import throwaway_servers


def main() -> int:
    with throwaway_servers() as environment:
        return subprocess.run(sys.argv[1:], check=False, env=os.environ | environment).returncode


if __name__ == "__main__":
    sys.exit(main())
