"""Every document, word by word: of the worked example, of a project without an answer, of one with a screen.

The texts are kept in docs/samples and beside this file. Changed on purpose: `make samples`, and read the
difference before you commit it.
"""

from difflib import unified_diff

import pytest

from flows.playbook import Playbook
from tests.golden.stages import STAGES, texts


@pytest.mark.parametrize("stage", STAGES)
def test_documents_read_as_they_are_kept(playbook: Playbook, stage: str) -> None:
    for file, text in texts(playbook, stage):
        kept = file.read_text("utf-8") if file.exists() else ""
        differs = list(unified_diff(kept.splitlines(), text.splitlines(), "kept", "made", lineterm="", n=1))
        assert differs == [], f"{file.name}: if this is meant, run `make samples`\n" + "\n".join(differs[:60])
