"""The site of `tillit demo`: its own database, made when missing, and waitress on the loopback address.

Its mail goes into a folder beside the database (tillit.web.mail.mailbox), as soon as it is due.
"""

import argparse
import logging
import os
import signal
import sys
import threading
import webbrowser

import django
from django.core.management import call_command

SECONDS_BETWEEN_MAIL = 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="tillit demo")
    parser.add_argument("port", type=int)
    parser.add_argument("--browser", action="store_true")
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.project.settings")
    os.environ.setdefault("TILLIT_ADDRESS", address_of(args.port))
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    threading.Thread(target=fill_world, daemon=True).start()
    stop = threading.Event()
    post = threading.Thread(target=deliver_mail, args=(stop,), daemon=True)
    post.start()
    serve(args.port, open_browser=args.browser)
    stop.set()
    post.join(10)
    return 0


def address_of(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def deliver_mail(stop: threading.Event) -> None:
    """Put the mail that is due into the demo's mailbox, until `stop` is set."""
    from django.utils.timezone import now

    from tillit.web.mail.deliver import deliver_for_ever

    deliver_for_ever(SECONDS_BETWEEN_MAIL, stop, now)


def fill_world() -> None:
    """Build the made-up world beside the server, the first time: the first page need not wait for it.

    Each time it starts, the day's reminders are written, as `tillit manage remind` does in operation.
    """
    from django.db import connection
    from django.utils.timezone import localdate, now

    from tillit.apps.collaborations.actions.reminding import remind_due
    from tillit.demo.fill import fill

    try:
        fill(now=now())
        remind_due(at=now(), today=localdate())
    except Exception:  # the pages that need no world still work
        logging.getLogger(__name__).exception("The made-up world could not be built")
    finally:
        connection.close()


def serve(port: int, *, open_browser: bool) -> None:
    """Serve until Ctrl-C or a stop signal; the address is printed when it answers, not before."""
    # A shell starts background jobs with Ctrl-C ignored, and a stop signal would end us half-way through an answer.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    import waitress

    from tillit.project.wsgi import application

    server = waitress.create_server(application, host="127.0.0.1", port=port, threads=8, ident=None)
    address = f"{address_of(port)}/"
    sys.stdout.write(f"Tillit: {address}  (Ctrl-C stops it)\n")
    sys.stdout.flush()
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
        sys.stdout.write("Tillit has stopped.\n")


if __name__ == "__main__":
    raise SystemExit(main())
