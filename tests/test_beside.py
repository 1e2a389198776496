"""Jobs beside each other: their results come back in order, and a failure is not swallowed."""

from __future__ import annotations

import os
import threading

import pytest

from jiaozhang.processes.parallel import side_by_side


def test_results_come_back_in_order_from_processes_of_their_own() -> None:
    first, second, last = side_by_side([lambda n=n: (n, os.getpid()) for n in range(3)])
    assert (first[0], second[0], last[0]) == (0, 1, 2)
    assert last[1] == os.getpid()
    if threading.active_count() == 1 and (os.cpu_count() or 1) > 1:
        assert len({first[1], second[1], last[1]}) == 3


def test_beside_a_thread_one_job_follows_the_other() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert side_by_side([os.getpid, os.getpid]) == [os.getpid()] * 2
    finally:
        stop.set()
        thread.join()


def test_a_job_that_fails_fails_the_whole() -> None:
    def breaks() -> int:
        raise ValueError("broken")

    with pytest.raises((RuntimeError, ValueError)):
        side_by_side([breaks, lambda: 1])
