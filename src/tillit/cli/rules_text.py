"""`tillit rules text FILE`: does every rule find its sentence in the official text, and keep the text for the site."""

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tillit.core.rulebook.model import Edition
from tillit.core.rulebook.official import OfficialText, changed, lost, sources
from tillit.exchange import official_text
from tillit.exchange.words import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file and where it is kept."""
    parser.add_argument("file", metavar="FILE", help="the official text as plain text (UTF-8)")
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help=f"where it is kept (default: {official_text.SETTING})"
    )
    parser.add_argument("--only-check", action="store_true", help="store nothing")


def run(chosen: Edition, args: argparse.Namespace) -> int:
    """Return 0 when every source is found in the text, else 1."""
    text = official_text.read_text(args.file, chosen, args.lang)
    setting = os.environ.get(official_text.SETTING, "").strip()
    folder = args.out or (Path(setting) if setting else None)
    before = official_text.stored(folder, chosen.id)
    gone = lost(chosen, text)
    for line in _told(chosen, text, before, args.lang):
        sys.stdout.write(line + "\n")
    total = len(tuple(sources(chosen)))
    told = {"edition": chosen.id, "found": str(total - len(gone)), "total": str(total)}
    sys.stdout.write(say("rules.text_found", args.lang, **told) + "\n")
    if folder is None or args.only_check:
        sys.stdout.write(say("rules.text_not_stored", args.lang) + "\n")
    else:
        file = official_text.store(text, folder, on=date.today())  # noqa: DTZ011 - the day where the command runs
        sys.stdout.write(say("rules.text_stored", args.lang, file=str(file)) + "\n")
    return 1 if gone else 0


def _told(chosen: Edition, text: OfficialText, before: OfficialText | None, lang: str) -> Iterator[str]:
    """Yield a line for each source that is not found, and for each whose sentence reads otherwise than before."""
    for id_, source in lost(chosen, text):
        told = {"rule": id_, "section": source.section, "sentence": str(source.sentence)}
        has = sum(len(paragraph) for paragraph in text.headings.get(source.section, ()))
        code = "rules.text_no_sentence" if has else "rules.text_no_heading"
        yield say(code, lang, has=str(has), **told)
    for id_, source in changed(chosen, before, text) if before is not None else ():
        yield say("rules.text_changed", lang, rule=id_, section=source.section, sentence=str(source.sentence))
