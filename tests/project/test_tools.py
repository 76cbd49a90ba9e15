"""The project's own tools do what `make` says they do."""

import importlib.util
import sys
from types import ModuleType

from flows.playbook import load
from flows.words import LANGUAGES
from tests.project.checkout import ROOT


def tool(name: str) -> ModuleType:
    """A script of tools/, imported without running it."""
    spec = importlib.util.spec_from_file_location(f"tool_{name}", ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_preview_shows_every_screen_of_every_dialogue_in_both_languages() -> None:
    playbook = load()
    shown = {(p.flow, p.screen.partition("@")[0]): set(p.views) for p in tool("preview").previews(playbook)}
    wanted = {(flow.id, s.key): {"en", "fr"} for flow in playbook.flows.values() for s in flow.screens}
    assert {key: shown.get(key) for key in wanted} == wanted


def test_the_preview_page_asks_every_question_in_both_languages() -> None:
    playbook = load()
    page = tool("preview").page(playbook)
    asked = [flow for flow in playbook.flows.values() if flow.screens]  # the others are waves
    titles = [flow.title.in_(language) for flow in asked for language in LANGUAGES]
    assert [title for title in titles if title not in page] == []
    assert page.count("<div class=view lang=en>") == page.count("<div class=view lang=fr>")
