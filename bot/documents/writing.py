"""The process that writes one DOCX: reads an order on its input, writes the bytes on its output, ends.

Started by press.py, never imported by the bot, which goes on answering people meanwhile.
"""

import json
import resource
import sys
from base64 import b64decode
from importlib import import_module

from bot.documents.house import House
from bot.documents.printing import MOST_MEMORY, refuse
from bot.documents.word import docx
from bot.words.typography import typographic
from flows.document import keeping
from flows.document.text import Reading
from flows.words import Words


def main() -> None:
    """One order, one DOCX."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    order = json.load(sys.stdin)
    said = order["house"]
    logo = b64decode(said.pop("logo")) or None
    changes = tuple(Words(en, fr) for en, fr in order["changes"])
    document = keeping.read(order["document"], changes)
    reading = Reading(language=order["language"], dress=typographic, names=order["names"])
    for needed in ("docx", "resvg_py"):
        import_module(needed)
    sys.addaudithook(refuse)
    sys.stdout.buffer.write(docx(document, reading, House(**said, logo=logo)))


if __name__ == "__main__":
    main()
