import re
from importlib.util import find_spec
from pathlib import Path

from tests.house import tree

DJANGOS_OWN = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
# Pages of sign-in that wear our look: ours stand in for allauth's own of the same name.
_ALLAUTH = Path(str(find_spec("allauth").origin)).parent / "templates"  # type: ignore[union-attr]
STAND_INS = {path.relative_to(_ALLAUTH).as_posix() for path in _ALLAUTH.rglob("*.*")}
QUOTED = re.compile(r"""["']([\w./-]+\.(?:html|txt))["']""")


def test_every_template_is_used_and_every_name_leads_to_one():
    there = {path.relative_to(tree.WEB / "templates").as_posix() for path in tree.templates()}
    areas = tuple(f"{path.name}/" for path in (tree.WEB / "templates").iterdir() if path.is_dir())
    sources = [*tree.python(tree.SOURCE), *tree.templates()]
    named = {found for path in sources for found in QUOTED.findall(path.read_text())}

    assert sorted(there - named - DJANGOS_OWN - STAND_INS) == []
    assert sorted(name for name in named - there if name.startswith(areas)) == []


def test_no_template_carries_style_or_script_that_the_security_policy_would_stop():
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    found = [f"{tree.name(p)}: {m.group()}" for p in tree.templates() for m in inline.finditer(p.read_text())]
    assert found == []
