"""The application key of a demo: made once, and kept beside the demo's data. A real bot is given its own.

Needs the file to be readable by its owner only. Never prints the key.
"""

import os
from pathlib import Path

from storage.sealing import new_key

NAME = "demo.key"


def demo_key(folder: Path) -> str:
    """The key of the demo whose data is in `folder`; made there when there is none yet."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / NAME
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{new_key()}\n")
    return place.read_text(encoding="ascii").strip()
