"""A real worker is killed while it applies a file or makes a bulk change: another does it, once."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing

import pytest

from tests.mdm.own_stack import OwnStack
from tests.processes import PROJECT, until

# Seconds: several processes start, on a machine that has more to do.
PATIENCE = 180
ROWS = 2_000
BRING = f"""
from fleet.models import Organisation, User
from fleet.services.imports.receiving import receive
rows = "".join(f"S{{number}},Site {{number}}\\n" for number in range({ROWS}))
receive(organisation=Organisation.objects.get(), kind="sites", file_name="sites.csv",
        content=("code,name\\n" + rows).encode(), by=User.objects.get())
"""
CONFIRM = """
from fleet.models import Import, User
from fleet.services.imports.deciding import confirm
found = Import.objects.get()
confirm(found=found, by=User.objects.get(), seen=found.digest)
"""

PEOPLE = 1_500
PEOPLE_COME = f"""
from fleet.models import Organisation, StaffMember
organisation = Organisation.objects.get()
StaffMember.objects.bulk_create(
    StaffMember(organisation=organisation, staff_number=f"S{{number}}", name=f"Person {{number}}")
    for number in range({PEOPLE}))
"""
CHANGE = f"""
from fleet.models import Organisation, User
from fleet.services import bulk
organisation, user = Organisation.objects.get(), User.objects.get()
verb = bulk.verb_of("people", "group")
everybody = bulk.Selection(bulk.SUBJECTS["people"])
given = {{"group": "Blue"}}
change = bulk.propose(verb=verb, selection=everybody, given=given, organisation=organisation, by=user)
bulk.confirm(change=change, fingerprint=None, matched={PEOPLE}, by=user, request_id="asked-here")
"""
UNDO = """
from fleet.models import BulkChange, User
from fleet.services import bulk
bulk.undo_change(change=BulkChange.objects.get(), by=User.objects.get(), request_id="undone-here")
"""

# Beside the other test of killed processes, which shares its stack.
pytestmark = pytest.mark.xdist_group("nothing_lost")


def do(stack: OwnStack, code: str) -> None:
    """What a page would do, in the stack's own database; no worker is told."""
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    subprocess.run(command, cwd=PROJECT, env=stack.environment, check=True)


def status(stack: OwnStack) -> str:
    return str(stack.ask("SELECT status FROM fleet_import"))


def is_stopped(stack: OwnStack, table: str = "fleet_site") -> bool:
    waiting = "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
    return bool(stack.ask(waiting, table))


def test_a_worker_killed_while_it_applies_a_file(stack: OwnStack) -> None:
    do(stack, BRING)
    with stack.beat():
        with stack.worker() as worker:
            until(lambda: status(stack) == "checked", seconds=PATIENCE, what="the check")
            with closing(stack.connect()) as connection, connection.cursor() as cursor:
                cursor.execute("LOCK TABLE fleet_site IN EXCLUSIVE MODE")
                do(stack, CONFIRM)
                until(lambda: is_stopped(stack), seconds=PATIENCE, what="a file being applied")
                worker.kill()
            assert status(stack) == "applying"
            assert stack.ask("SELECT count(*) FROM fleet_site") == 0
        with stack.worker():
            until(lambda: status(stack) == "applied", seconds=PATIENCE, what="the killed worker's file")
    for table in ("fleet_site", "fleet_sitechange"):
        found = f"SELECT array[count(*), count(DISTINCT code)] FROM {table}"
        assert stack.ask(found) == [ROWS, ROWS], table
    assert stack.ask("SELECT count(*) FROM fleet_importline WHERE row_id IS NOT NULL") == ROWS
    assert stack.ask("SELECT attempts FROM fleet_import") == 2


def bulk_status(stack: OwnStack) -> str:
    return str(stack.ask("SELECT status FROM fleet_bulkchange"))


def test_a_worker_killed_while_it_makes_a_bulk_change(stack: OwnStack) -> None:
    """No message names the change, as where the broker lost it: the sweep finds the row."""
    with stack.beat():
        with stack.worker() as worker:
            with closing(stack.connect()) as connection, connection.cursor() as cursor:
                do(stack, PEOPLE_COME)
                cursor.execute("LOCK TABLE fleet_staffmemberchange IN EXCLUSIVE MODE")
                do(stack, CHANGE)
                until(
                    lambda: is_stopped(stack, "fleet_staffmemberchange"),
                    seconds=PATIENCE,
                    what="a bulk change being made",
                )
                worker.kill()
            assert bulk_status(stack) == "doing"
            assert stack.ask("SELECT count(*) FROM fleet_staffmember WHERE \"group\" = 'Blue'") == 0
        with stack.worker():
            until(lambda: bulk_status(stack) == "done", seconds=PATIENCE, what="the killed worker's change")
            assert stack.ask("SELECT attempts FROM fleet_bulkchange") == 2
            do(stack, UNDO)
            until(lambda: bulk_status(stack) == "undone", seconds=PATIENCE, what="its undoing")
    assert stack.ask("SELECT count(*) FROM fleet_staffmember WHERE \"group\" = ''") == PEOPLE
    logged = """
        SELECT array_agg(told ORDER BY told) FROM (
            SELECT c.metadata->>'request_id' || ' ' || count(*) AS told
            FROM fleet_staffmemberchange e JOIN pghistory_context c ON c.id = e.pgh_context_id
            WHERE e.pgh_label = 'update' GROUP BY c.metadata->>'request_id') AS requests
    """
    assert stack.ask(logged) == [f"asked-here {PEOPLE}", f"undone-here {PEOPLE}"]
