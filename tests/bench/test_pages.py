"""The measure of pages, of tiny size: a site that is filled, served and asked, and everything gone afterwards."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from bench import pages
from bench.load import load


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen: ClassVar[list[str]] = []

    def do_GET(self):
        self.seen.append(self.path + str(self.headers.get("Cookie", "")))
        self.send_response(404 if "borta" in self.path else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *words):
        pass


@pytest.fixture
def port():
    Answering.seen = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_a_load_asks_so_many_times_and_takes_turns_between_the_pages(port):
    came = load(port, ["/a", "/b"], connections=3, requests=20, seconds=10, cookie="x=1")
    assert sorted(Answering.seen) == ["/ax=1"] * 10 + ["/bx=1"] * 10
    assert 0 < came.p50 <= came.p99


def test_a_page_that_is_not_there_stops_the_measure(port):
    with pytest.raises(RuntimeError, match="/borta answered 404"):
        load(port, ["/borta"], connections=2, requests=10, seconds=10)


def test_a_load_ends_by_its_time(port):
    load(port, ["/a"], connections=2, requests=10**9, seconds=0.2)
    assert len(Answering.seen) < 10**6


@pytest.mark.slow
def test_every_page_has_its_rows(monkeypatch):
    monkeypatch.delenv("TILLIT_DATABASE_URL", raising=False)
    rows = list(pages.rows(60, 20))
    assert len(rows) == len({row.name for row in rows}) == 3 * 2 + 2 * 2
    assert [row.anchor is not None for row in rows] == [True, False, False] * 2 + [False] * 4
    assert all(row.ours > 0 for row in rows)
