"""A mailbox that is a folder, for the demo and for those who develop: nothing leaves the machine."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Mailbox(BaseEmailBackend):
    """Puts each mail into a file that any mail program opens. The same Message-ID again is the same file again."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for each in email_messages:
            self._keep(each)
        return len(email_messages)

    def _keep(self, email: EmailMessage) -> None:
        content = email.message()
        name = re.sub(r"[^\w-]+", "-", str(content["Message-ID"]).partition("@")[0]).strip("-")
        half_way = self.folder / f".{name}.half"
        half_way.write_bytes(content.as_bytes())
        half_way.replace(self.folder / f"{name}.eml")
