"""A mail server of our own for the tests: takes mail on the loopback address, and remembers it in the order it came."""

import socketserver
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Condition, Thread


class MailServer:
    """Speaks as much SMTP as a sender needs. `refuses`: addresses that it takes no mail for."""

    def __init__(self, port: int = 0) -> None:
        self.mails: list[EmailMessage] = []
        self.refuses: set[str] = set()
        self._came = Condition()
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", port), _spoken_with(self), bind_and_activate=False)
        self._server.allow_reuse_address = True
        self._server.daemon_threads = True
        self._server.server_bind()
        self._server.server_activate()
        self.port = int(self._server.server_address[1])
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> "MailServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def take(self, mail: EmailMessage) -> None:
        with self._came:
            self.mails.append(mail)
            self._came.notify_all()

    def came(self, count: int) -> None:
        """Wait until so many mails have come."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.mails) >= count, timeout=60), f"only {len(self.mails)} came"

    @property
    def to(self) -> list[str]:
        return [str(mail["To"]) for mail in self.mails]


def _spoken_with(owner: MailServer) -> type[socketserver.StreamRequestHandler]:
    class Spoken(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 test")
            while line := self.rfile.readline():
                verb = line.strip().upper()
                if verb.startswith(b"RCPT") and any(each.encode().upper() in verb for each in owner.refuses):
                    self._say("550 nobody here")
                elif verb == b"DATA":
                    self._say("354 go on")
                    owner.take(self._read())
                    self._say("250 taken")
                elif verb == b"QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 ok")

        def _read(self) -> EmailMessage:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            return message_from_bytes(b"".join(lines), policy=policy.default)

        def _say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    return Spoken
