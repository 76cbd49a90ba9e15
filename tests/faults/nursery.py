"""Gives birth to bots quickly: a process that has imported the bot once, and forks for each one.

Reads lines of JSON, {"environment": {...}, "log": path}; writes {"born": pid} for each, and
{"died": pid, "signal": 9} or {"died": pid, "code": 1} when one ends. What it makes is `cadrage run` as
`bot/cli.py` runs it, after its imports. When its input ends, every bot it made is killed.
"""

import gc
import json
import logging
import os
import random
import select
import signal
import sys
import traceback
from typing import Any

from bot import cli, process
from bot.operations import logs
from flows.playbook import Playbook, load


def main() -> None:
    """Serve until the input ends."""
    playbook = load(None)
    gc.collect()
    gc.freeze()  # what is shared stays shared
    alive: set[int] = set()
    woken, wakes = os.pipe()
    os.set_blocking(wakes, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    pending = b""
    try:
        while True:
            ready, _, _ = select.select([sys.stdin.fileno(), woken], [], [])
            if woken in ready:
                os.read(woken, 4096)
                _bury(alive)
            if sys.stdin.fileno() in ready:
                read = os.read(sys.stdin.fileno(), 65536)
                if not read:
                    return
                *orders, pending = (pending + read).split(b"\n")
                for order in orders:
                    alive.add(_bear(json.loads(order), playbook))
    finally:
        for pid in alive:
            os.kill(pid, signal.SIGKILL)


def _bear(order: dict[str, Any], playbook: Playbook) -> int:
    pid = os.fork()
    if pid == 0:
        _live(order, playbook)
    _say({"born": pid})
    return pid


def _bury(alive: set[int]) -> None:
    """Tell of every bot that has ended."""
    for pid in list(alive):
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            alive.discard(pid)
            code = os.waitstatus_to_exitcode(status)
            _say({"died": pid, **({"signal": -code} if code < 0 else {"code": code})})


def _say(news: dict[str, Any]) -> None:
    os.write(sys.stdout.fileno(), json.dumps(news).encode() + b"\n")


def _live(order: dict[str, Any], playbook: Playbook) -> None:
    """In the child: be a bot, and never return."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        random.seed()  # or every bot would wait as long as the others
        _rewire(order["log"])
        os.environ.clear()
        os.environ.update(order["environment"])
        settings = cli.settings_or_stop(to_run=True)
        logs.set_up(level=settings.log_level, form=settings.log_format)
        cli.serve(settings, cli.database_or_stop(settings), playbook, restored=False, replaced=False)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _rewire(log: str) -> None:
    """Nothing of the parent's is read or written any more."""
    nothing, kept = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(nothing, 0)
    os.dup2(kept, 1)
    os.dup2(kept, 2)


if __name__ == "__main__":
    assert process.DRAIN  # imported before the first fork, so that no bot imports it again
    main()
