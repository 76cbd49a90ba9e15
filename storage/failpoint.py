"""Named points at which a test may kill this process, to prove that nothing is lost there."""

import os
import signal

_SETTING = "CADRAGE_FAILPOINT"  # "name:n" kills at the n-th pass of fp("name"); read at each call
_passes = 0


def fp(name: str) -> None:
    """SIGKILL this process when `CADRAGE_FAILPOINT` says so; otherwise do nothing at all."""
    setting = os.environ.get(_SETTING)
    if setting is None:
        return
    wanted, _, count = setting.partition(":")
    if wanted != name:
        return
    global _passes  # noqa: PLW0603 - one process has one failpoint, and dies of it
    _passes += 1
    if _passes >= int(count or 1):
        os.kill(os.getpid(), signal.SIGKILL)
