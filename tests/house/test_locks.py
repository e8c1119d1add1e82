import re
import tomllib

from tests.house import tree

LOCKS = {name: tree.ROOT / "requirements" / f"{name}.txt" for name in ("run", "test", "bench", "build")}
PROJECT = tomllib.loads((tree.ROOT / "pyproject.toml").read_text())


def entries(lock):
    """The requirements of a lock, each with the lines that go with it."""
    text = LOCKS[lock].read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]


def canonical(requirement):
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


def pins(lock):
    return {(canonical(line), version) for line in entries(lock) for version in re.findall(r"==([\w.+!-]+) ", line)[:1]}


def test_there_are_four_locks_and_they_hold_hashes_and_no_address():
    assert sorted(p.name for p in (tree.ROOT / "requirements").iterdir()) == sorted(p.name for p in LOCKS.values())
    for lock, path in LOCKS.items():
        assert "://" not in path.read_text(), lock
        assert "--index-url" not in path.read_text(), lock
        assert [line for line in entries(lock) if "--hash=sha256:" not in line] == [], lock


def test_a_package_has_one_version_for_a_python_whatever_the_lock():
    versions: dict[str, dict[str, set[str]]] = {}
    for lock in LOCKS:
        for package, version in pins(lock):
            versions.setdefault(package, {}).setdefault(lock, set()).add(version)
    differing = {name: found for name, found in versions.items() if len({frozenset(v) for v in found.values()}) > 1}
    assert differing == {}


def test_every_dependency_is_locked():
    groups = {"run": PROJECT["project"]["dependencies"], **PROJECT["dependency-groups"]}
    for lock, wanted in groups.items():
        assert sorted({canonical(w) for w in wanted} - {name for name, _ in pins(lock)}) == [], lock


def test_every_dependency_gives_its_reason():
    lines = (tree.ROOT / "pyproject.toml").read_text().splitlines()
    listed = [line for line in lines if re.match(r'    "[\w.\[\]-]+[<>=;].*",|    "types-', line)]
    assert len(listed) > 20
    assert [line for line in listed if "# " not in line] == []
