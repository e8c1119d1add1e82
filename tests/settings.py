"""The site's own settings, with what a test run says in the place of the environment."""

import os
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.gettempdir()) / "tillit-tests"
SCRATCH.mkdir(exist_ok=True)

for name in [name for name in os.environ if name.startswith("TILLIT_") and name != "TILLIT_DATABASE_URL"]:
    del os.environ[name]
os.environ["TILLIT_SECRET_KEY"] = "only-for-tests"
os.environ["TILLIT_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["TILLIT_DATA"] = str(SCRATCH)

from tillit.project.settings import *  # noqa: E402, F403

# Static files as in the demo: found where they lie, under their own names.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
