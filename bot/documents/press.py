"""A page as a tagged PDF (PDF/UA), made in a process of its own that is killed after 20 seconds.

That process gets the page and its pictures, no secret and no address: whatever else a page asks for is
refused (reliability T7), and so is any connection, any program and any file it would write.
"""

import json
import os
import subprocess
import sys
import threading
from base64 import b64encode
from pathlib import Path

from bot.documents.page import Page

PATIENCE = 20.0  # seconds
MOMENT = 0.5  # seconds to wait for a place
#: Pages laid out at a time: each takes some 110 MB.
AT_ONCE = threading.BoundedSemaphore(2)
ROOT = Path(__file__).resolve().parents[2]


class Occupied(Exception):
    """So many pages are being laid out that this one has to come again later."""


class NotPrinted(Exception):
    """No PDF was made: the renderer is not installed, failed, or took too long. Says nothing of the text."""


def pdf(page: Page, *, watermark: str = "", patience: float = PATIENCE, worker: str = "") -> bytes:
    """The page as PDF, the same bytes for the same page. `watermark`: written across each sheet; "": none.
    `worker`: another module to run, for tests. Raises NotPrinted, and Occupied where there is no place within
    a moment: whoever waits here holds up what others are sent."""
    order = {
        "html": page.html,
        "watermark": watermark,
        "pictures": {name: [kind, b64encode(data).decode()] for name, (kind, data) in page.pictures.items()},
    }
    command = [sys.executable, "-I", "-c", _START, str(ROOT), worker or "bot.documents.printing"]
    if not AT_ONCE.acquire(timeout=MOMENT):
        raise Occupied
    try:
        done = subprocess.run(  # noqa: S603 - our own program, nothing of a page on its line
            command, input=json.dumps(order).encode(), capture_output=True, timeout=patience, check=False,
            env=_environment(), cwd="/",
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotPrinted(f"stopped after {patience:g} s") from error
    except OSError as error:
        raise NotPrinted(type(error).__name__) from error
    finally:
        AT_ONCE.release()
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise NotPrinted(f"the renderer ended with {done.returncode}")
    return done.stdout


#: `-I` leaves the working directory and the environment out; where the bot lives is said here.
_START = (
    "import runpy, sys; sys.path.insert(0, sys.argv[1]); runpy.run_module(sys.argv[2], run_name='__main__')"
)


def _environment() -> dict[str, str]:
    """No token, no address of a database: only what a font needs to be found, and one time for all."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "FONTCONFIG_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC", "SOURCE_DATE_EPOCH": "0"}
