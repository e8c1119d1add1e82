"""Django's own commands, run with this site's settings: `tillit manage migrate`."""

import argparse

from tillit.cli.process import become


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="a command of Django and its arguments")
    parser.prefix_chars = "\0"  # every word belongs to Django, those that begin with a dash too


def run(args: argparse.Namespace) -> int:
    return become("tillit.project.manage", *args.arguments)
