"""Django's own commands, started as a process by `tillit manage`."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.project.settings")
    try:
        execute_from_command_line(["tillit manage", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        sys.stderr.write(f"tillit: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
