"""The files of this tree, as the house tests read them: what git knows or would take in, and nothing built."""

import ast
import functools
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "tillit"
WEB = SOURCE / "web"
BUILT = {".git", ".venv", "__pycache__", "build", "dist", "mutants", ".hypothesis", "node_modules"}


@functools.cache
def files() -> tuple[Path, ...]:
    listing = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        check=False,
    )
    if listing.returncode == 0:
        found = [ROOT / os.fsdecode(name) for name in listing.stdout.split(b"\0") if name]
    else:  # a copy without git
        found = [p for p in ROOT.rglob("*") if not BUILT & set(p.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def python(*folders: Path) -> Iterator[Path]:
    for path in files():
        if path.suffix == ".py" and any(folder in path.parents for folder in folders):
            yield path


def templates() -> Iterator[Path]:
    for path in files():
        if WEB / "templates" in path.parents and path.suffix in {".html", ".txt"}:
            yield path


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def imports(tree: ast.AST) -> Iterator[str]:
    """The full names of the modules that this part of a file imports, relative imports left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def imports_at_top(tree: ast.Module) -> Iterator[str]:
    """As `imports`, but only what importing the file itself imports: not inside functions, not only for types."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or _for_types(node):
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imports(node)
        waiting.extend(ast.iter_child_nodes(node))


def _for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
