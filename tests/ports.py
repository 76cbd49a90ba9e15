"""A port for a program that a test starts. Tests run beside one another: each has ports of its own."""

import os
import socket
from itertools import count

#: Below those that the system hands out by itself, and with a block for each of the programs that run tests.
FIRST, BLOCK = 10_000, 2_000
_next = count(os.getpid() % BLOCK)


def free_port() -> int:
    """One that nobody listens on, and that no test beside this one is given."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw9").removeprefix("gw")) % 10
    for n in _next:
        port = FIRST + worker * BLOCK + n % BLOCK
        with socket.socket() as held:
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                held.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("counting ends nowhere")
