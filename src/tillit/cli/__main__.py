"""`python -m tillit.cli`, for where the script `tillit` is not on the path."""

from tillit.cli import main

raise SystemExit(main())
