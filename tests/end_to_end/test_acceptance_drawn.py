"""Acceptance point 40, without Slack: every screen of every dialogue, drawn in one language."""

import pytest

from flows.playbook import Playbook
from flows.words import Language
from tests.end_to_end.test_acceptance_languages import BARE, OTHER, SPACES, content, phrases, said
from tools.preview import previews


@pytest.mark.parametrize("language", ["en", "fr"])
def test_acceptance_40_every_screen_of_every_dialogue_is_drawn_in_one_language(
    playbook: Playbook, language: Language
) -> None:
    """Without Slack: the screens of all fifteen dialogues, as they are drawn for it."""
    texts = list(dict.fromkeys(t for one in previews(playbook) for t in said(one.views.get(language))))
    whole = "\n".join(texts).translate(SPACES)
    asked = [(q.words.en, q.words.fr) for flow in playbook.flows.values() for q in flow.questions]
    assert not [piece for piece in phrases(content(playbook))[OTHER[language]] if piece in whole]
    assert [piece for piece in phrases(asked)[language] if piece not in whole] == []
    if language == "fr":
        assert not [text for text in texts if BARE.search(text) and "http" not in text]
