"""Writes one page with every screen of every dialogue, both languages, phone width: `make preview`.

    python tools/preview.py [FILE]

Draws each screen with the code that makes it for Slack: as it opens, and filled in, so that what hangs
on an answer shows. Each dialogue comes with the map of its branches. Needs no Slack and no database.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.dialogue import check, course, endings, rows, team  # noqa: E402 - the checkout is not installed
from bot.dialogue.place import Place  # noqa: E402
from bot.dialogue.scene import Scene  # noqa: E402
from bot.dialogue.screens import build  # noqa: E402
from flows.dialogue.model import Flow, Screen  # noqa: E402
from flows.playbook import Playbook, load  # noqa: E402
from flows.words import LANGUAGES, Language  # noqa: E402
from tools import preview_example as example  # noqa: E402
from tools.preview_blocks import STYLE, view  # noqa: E402
from tools.preview_branches import branches  # noqa: E402

Json = dict[str, Any]
TARGET = ROOT / "docs" / "preview.html"
PLACE = Place(dialogue="d", nonce="n")


@dataclass(frozen=True, kw_only=True)
class Preview:
    """One state of one screen in both languages, as Slack would get it."""

    flow: str
    screen: str
    state: str
    views: dict[Language, Json]


def previews(playbook: Playbook) -> Iterator[Preview]:
    """Every screen of every dialogue in each of its states, those of later parts included; then the page
    of the answers and the last one."""
    for flow in playbook.flows.values():
        screens = example.screens(flow)
        for screen in screens:
            for state, draw in STATES.items():
                views = {language: draw(playbook, flow, screen, language) for language in LANGUAGES}
                found = {language: shown for language, shown in views.items() if shown is not None}
                if found:
                    yield Preview(flow=flow.id, screen=screen.key, state=state, views=found)
        if screens:
            for state, ending in ENDINGS.items():
                ends = {language: ending(_all(playbook, flow, language)) for language in LANGUAGES}
                yield Preview(flow=flow.id, screen=state, state=state, views=ends)


def _opens(playbook: Playbook, flow: Flow, screen: Screen, language: Language) -> Json:
    return _drawn(example.scene(playbook, flow, screen, language, filled=False), screen)


def _filled(playbook: Playbook, flow: Flow, screen: Screen, language: Language) -> Json:
    return _drawn(example.scene(playbook, flow, screen, language, filled=True), screen)


def _line(playbook: Playbook, flow: Flow, screen: Screen, language: Language) -> Json | None:
    """The form of one line, where the screen has a list of them."""
    scene = example.scene(playbook, flow, screen, language, filled=True)
    question = next((q for q in screen.questions if q.kind == "rows"), None)
    if question is None or team.shape(flow, question) != "list":
        return None
    return rows.form(scene, scene.question(question.id) or question, PLACE, {})


def _drawn(scene: Scene, screen: Screen) -> Json:
    """As it is on somebody's path; whole where nobody of the example is asked it."""
    asked = scene.screen(screen.key) or screen
    return build(scene, asked, course.at(scene, asked, PLACE))


def _all(playbook: Playbook, flow: Flow, language: Language) -> Scene:
    """Everything answered, one question left open."""
    return example.answered(playbook, flow, language)


STATES: dict[str, Callable[[Playbook, Flow, Screen, Language], Json | None]] = {
    "as it opens": _opens,
    "filled in": _filled,
    "one line": _line,
}
ENDINGS: dict[str, Callable[[Scene], Json]] = {
    "check your answers": lambda scene: check.page(scene, PLACE),
    "thank you": lambda scene: endings.done(scene, PLACE),
}


def page(playbook: Playbook) -> str:
    """The whole page as HTML."""
    asked = [flow for flow in playbook.flows.values() if flow.screens]
    links = "".join(f"<a href='#{flow.id}'>{flow.id} {escape(flow.title.en)}</a>" for flow in asked)
    out = [
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>Every screen</title><style>{STYLE}</style>"
        f"<h1>Every screen of every dialogue</h1><nav>{links}</nav>"
    ]
    flow, screen = "", ""
    for preview in previews(playbook):
        if preview.flow != flow:
            out.append("</div>" if flow else "")
            flow, screen = preview.flow, ""
            out.append(_head(playbook, playbook.flows[flow]))
        if preview.screen != screen:
            out.append("</div>" if screen else "")
            screen = preview.screen
            out.append(f"<h3 id='{flow}-{escape(screen)}'>{flow} · {escape(screen)}</h3><div class=views>")
        name = f"{flow}-{screen}-{preview.state}".replace(" ", "-")
        out += [
            view(shown, language, f"{language} · {preview.state}", f"{name}-{language}")
            for language, shown in preview.views.items()
        ]
    return "\n".join([*out, "</div></html>"])


def _head(playbook: Playbook, flow: Flow) -> str:
    title = f"{flow.id} {escape(flow.title.en)} · {escape(flow.title.fr)}"
    return f"<h2 id='{flow.id}'>{title}</h2><p>{escape(flow.purpose)}</p>{branches(playbook, flow)}"


def main() -> None:
    """Write the page and say where."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.write_text(page(load()), encoding="utf-8")
    print(f"Every screen of every dialogue: {target}")


if __name__ == "__main__":
    main()
