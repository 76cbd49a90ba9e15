"""A page as a tagged PDF (PDF/UA), a document as DOCX: in a process of its own, killed after 20 seconds.

That process gets what it prints and its pictures, no secret and no address: whatever else a page asks for is
refused (reliability T7), and so is any connection, any program and any file it would write.
"""

import json
import os
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.documents.house import House
from bot.documents.page import Page
from flows.document import keeping
from flows.document.model import Document
from flows.document.text import Reading

PATIENCE = 20.0  # seconds
MOMENT = 0.5  # seconds to wait for a place
#: Pages laid out at a time: each takes some 110 MB.
AT_ONCE = threading.BoundedSemaphore(2)
ROOT = Path(__file__).resolve().parents[2]


class Occupied(Exception):
    """So many pages are being laid out that this one has to come again later."""


class NotPrinted(Exception):
    """No file was made: what makes it is not installed, failed, took too long. Says nothing of the text."""


def pdf(page: Page, *, watermark: str = "", patience: float = PATIENCE, worker: str = "") -> bytes:
    """The page as PDF, the same bytes for the same page. `watermark`: written across each sheet; "": none.
    `worker`: another module to run, for tests. Raises NotPrinted, and Occupied where there is no place within
    a moment: whoever waits here holds up what others are sent."""
    order = {
        "html": page.html,
        "watermark": watermark,
        "pictures": {name: [kind, b64encode(data).decode()] for name, (kind, data) in page.pictures.items()},
    }
    return _made(order, worker or "bot.documents.printing", b"%PDF-", patience)


def word(
    document: Document, reading: Reading, house: House, *, patience: float = PATIENCE, worker: str = ""
) -> bytes:
    """The document as DOCX, the same bytes for the same document. `worker`, what is raised: as for PDF."""
    logo = b64encode(house.logo or b"").decode()
    order = {
        "document": keeping.plain(document),
        "changes": [(one.en, one.fr) for one in document.changes],
        "language": reading.language,
        "names": dict(reading.names),
        "house": {**asdict(house), "logo": logo},
    }
    return _made(order, worker or "bot.documents.writing", b"PK", patience)


def _made(order: Mapping[str, Any], worker: str, first: bytes, patience: float) -> bytes:
    """What the worker writes, which begins with `first`."""
    command = [sys.executable, "-I", "-c", _START, str(ROOT), worker]
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
    if done.returncode or not done.stdout.startswith(first):
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
