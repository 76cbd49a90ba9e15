"""`make samples`: the documents of the worked example into docs/samples, in every form and both languages.

    python tools/samples.py [texts]

Writes the texts that tests/golden compares with, too; `texts`: nothing else.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.documents.forms import FORMS, Form, made
from bot.documents.kinds import DOCUMENTS
from bot.documents.making import Blocked
from flows.playbook import load
from flows.words import LANGUAGES
from tests.golden.stages import SAMPLES, STAGES, order, texts

EXAMPLE = "example"


def main() -> None:
    """All of them."""
    playbook = load()
    forms: tuple[Form, ...] = ("md",) if sys.argv[1:] == ["texts"] else FORMS
    for stage in STAGES:
        for file, text in texts(playbook, stage):
            _put(file, text.encode())
    for language in LANGUAGES:
        with STAGES[EXAMPLE](playbook, language) as project:
            for doc in DOCUMENTS:
                try:
                    kept = project.makes(doc)
                except Blocked:
                    continue
                for form in forms:
                    found = made(order(kept, doc, language, form))
                    if found.instead:
                        raise SystemExit(f"{doc} could not be made as {form}.")
                    _put(SAMPLES / found.file.name, found.file.content)


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    print(f"{len(content) / 1000:7.0f} kB  {file.name}")


if __name__ == "__main__":
    main()
