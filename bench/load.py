"""A load on a server on this machine: so many connections, each asking for the next page when it has got the last."""

import http.client
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from threading import Lock, Thread
from time import perf_counter

PATIENCE = 10.0
"""Seconds that one answer may take."""


@dataclass(frozen=True)
class Load:
    """What a load came to, in milliseconds: per answer of the whole server, and the 50th and 99th of 100 answers."""

    each: float
    p50: float
    p99: float


def load(port: int, paths: Sequence[str], *, connections: int, requests: int, seconds: float, cookie: str = "") -> Load:
    """Return what a load came to, after at most so many requests and seconds; anything but 200 stops it.

    Runs in threads: the server is other processes, and a thread that waits for it holds nobody up.
    """
    numbers, lock = count(), Lock()
    took: list[float] = []
    wrong: list[str] = []
    headers = {"Cookie": cookie} if cookie else {}
    ends = perf_counter() + seconds

    def ask() -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
            while not wrong and (number := next(numbers)) < requests and perf_counter() < ends:
                path, started = paths[number % len(paths)], perf_counter()
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                answer.read()
                with lock:
                    took.append(perf_counter() - started)
                    if answer.status != 200:
                        wrong.append(f"{path} answered {answer.status}")

    def guarded() -> None:
        try:
            ask()
        except OSError as error:
            wrong.append(str(error))

    threads = [Thread(target=guarded) for _ in range(connections)]
    started = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = perf_counter() - started
    if wrong:
        raise RuntimeError(wrong[0])
    took.sort()
    return Load(
        whole / len(took) * 1e3, took[len(took) // 2] * 1e3, took[min(len(took) * 99 // 100, len(took) - 1)] * 1e3
    )
