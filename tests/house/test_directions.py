"""What import-linter cannot say of the directions: the standard library, imports inside functions, the clock."""

import ast
import subprocess
import sys
import tomllib

from tests.house import tree

CORE = tree.SOURCE / "core"
# The rules over a whole register at once, and the trying of a changed rule on it.
MAY_USE_POLARS = [CORE / "rulebook" / name for name in ("compile_polars", "bulk", "simulate")]
HEAVY = ("openpyxl", "typst", "polars", "jsonschema", "rich", "django", "duckdb", "pyarrow", "numpy")
CLOCK = {("date", "today"), ("datetime", "now"), ("datetime", "utcnow"), ("time", "time"), ("timezone", "now")}


def test_core_is_standard_library_only():
    foreign = [
        f"{tree.name(path)} imports {module}"
        for path in tree.python(CORE)
        for module in tree.imports(tree.parsed(path))
        if not is_ours_or_standard(module) and not (module.split(".")[0] == "polars" and may_use_polars(path))
    ]
    assert foreign == []


def may_use_polars(path):
    return any(path == room.with_suffix(".py") or room in path.parents for room in MAY_USE_POLARS)


def is_ours_or_standard(module):
    return module.split(".")[0] in sys.stdlib_module_names or module.startswith("tillit.core")


def test_files_of_others_are_read_by_libraries_imported_inside_functions_only():
    early = [
        f"{tree.name(path)} imports {module} at its top"
        for path in tree.python(tree.SOURCE / "exchange", tree.SOURCE / "cli")
        for module in tree.imports_at_top(tree.parsed(path))
        if module.split(".")[0] in HEAVY
    ]
    assert early == []


def test_the_clock_is_read_in_views_and_commands_and_passed_down():
    readers = [
        f"{tree.name(path)}:{call.lineno} reads the clock"
        for path in tree.python(CORE, tree.SOURCE / "exchange", tree.SOURCE / "apps")
        for call in ast.walk(tree.parsed(path))
        if isinstance(call, ast.Call) and reads_the_clock(call)
    ]
    assert readers == []


def reads_the_clock(call):
    """`localdate()` reads the clock; `localdate(at)` says on which day a moment that was passed down falls."""
    called = call.func
    if isinstance(called, ast.Name):
        return called.id in {"localdate", "localtime"} and not call.args
    return isinstance(called, ast.Attribute) and any(
        called.attr == what and ast.unparse(called.value).split(".")[-1] == whose for whose, what in CLOCK
    )


def test_every_app_has_its_place_in_the_order_of_apps():
    contracts = tomllib.loads((tree.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    placed = {
        word.strip().strip("()").removeprefix("tillit.apps.")
        for contract in contracts
        for layer in contract.get("layers", [])
        if "tillit.apps." in layer
        for word in layer.replace(":", "|").split("|")
    }
    rooms = {path.stem if path.parent.name == "apps" else path.parent.name for path in apps()}
    assert placed  # the order itself is there
    assert sorted(rooms - placed) == []


def apps():
    inside = tree.SOURCE / "apps"
    files = [path for path in tree.python(inside) if path.parent == inside and path.stem != "__init__"]
    return files + [path for path in tree.python(inside) if path.parent.parent == inside]


def test_the_command_itself_loads_nothing_heavy():
    assert loaded_by("import tillit.cli") & set(HEAVY) == set()


def loaded_by(code):
    """Return the top names of the modules in a fresh interpreter after `code`."""
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    return {module.split(".")[0] for module in ran.stderr.split()}
