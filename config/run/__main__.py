"""`python -m config.run`: sets up, starts everything, waits, and ends everything."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from types import FrameType

from config.embedded import EmbeddedServerError, RunningServers, filled_environment
from config.paths import PROJECT
from config.run.children import Family
from config.run.guards import check_port, end_orphans, only_run
from config.run.options import LOGS, MAIL, STATE, Options, RunError

READY_SECONDS = 120


def main() -> int:
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _interrupt)
    try:
        run(Options.of(os.environ))
    except KeyboardInterrupt:
        print("\nTranche has stopped.", flush=True)
        return 0
    except (RunError, EmbeddedServerError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def run(options: Options) -> None:
    """Until a Ctrl-C or SIGTERM, which comes out as KeyboardInterrupt. Raises RunError."""
    for folder in (STATE, LOGS):
        folder.mkdir(parents=True, exist_ok=True)
    with only_run(options):
        end_orphans()
        check_port(options.port)
        os.environ["BIND"] = f"127.0.0.1:{options.port}"
        os.environ["BEAT_SCHEDULE_FILE"] = str(STATE / "beat")
        os.environ.setdefault("BASE_URL", options.address)
        os.environ.setdefault("EMAIL_URL", f"filemail:///{MAIL}")
        with filled_environment() as servers:
            prepare(options)
            serve(options, servers)


def prepare(options: Options) -> None:
    """In a process of its own, so that this one stays small."""
    command = [sys.executable, "-m", "config.run.prepare", options.address, options.demo]
    if subprocess.run(command, check=False, cwd=PROJECT).returncode:
        raise RunError("The set-up did not finish; the lines above say why. Nothing runs now.")


def serve(options: Options, servers: RunningServers) -> None:
    family = Family()
    try:
        family.start()
        _wait_until_ready(options, family)
        print((STATE / "greeting.txt").read_text(encoding="utf-8"), flush=True)
        while True:
            time.sleep(0.5)
            for name in servers.revive():
                print(f"The {name} server had ended and was started again.", flush=True)
            family.look_after()
    finally:
        _stop(family)


def _wait_until_ready(options: Options, family: Family) -> None:
    end = time.monotonic() + READY_SECONDS
    while not _answers(f"{options.address}/health/ready"):
        for child in family.dead():
            lines = child.log.read_text(errors="replace").splitlines()[-20:]
            raise RunError("\n".join([f"The {child.name} process ended at once. Its log says:", *lines]))
        if time.monotonic() > end:
            raise RunError(f"The web server does not get ready; see {os.path.relpath(LOGS)}/web.log")
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except OSError:
        return False


def _stop(family: Family) -> None:
    """A second Ctrl-C does not wait for running tasks."""
    print("\nStopping …", flush=True)
    try:
        family.stop()
    except KeyboardInterrupt:
        with contextlib.suppress(KeyboardInterrupt):
            family.kill()


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
