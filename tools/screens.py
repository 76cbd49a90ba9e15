"""Writes one page with every screen of every dialogue, in both languages: `make screens`.

    python tools/screens.py [FILE]

Draws each screen with the code that makes it for Slack, and shows the blocks as plain HTML. Does not
imitate Slack's look, and shows no answers; for that there is the demo.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.dialogue.place import Place  # noqa: E402 - the checkout is not installed
from bot.dialogue.scene import Scene  # noqa: E402
from bot.dialogue.screens import build  # noqa: E402
from bot.words.text import words  # noqa: E402
from flows.dialogue.model import Dialogue  # noqa: E402
from flows.playbook import Playbook, load  # noqa: E402
from flows.project import Cast, Member, Project  # noqa: E402
from flows.words import LANGUAGES, Language  # noqa: E402

Json = dict[str, Any]
DAY = date(2026, 2, 16)
NAMES = {"U1": "Élodie Martin", "U2": "Claire Vasseur", "U3": "Marc Delorme", "U4": "Inès Caron"}
STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:1180px;padding:0 1rem;color:#1d1c1d}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem;margin:0 0 2rem}
.view{border:1px solid #bbb;border-radius:8px;padding:1rem}
.view h3{margin:0 0 .6rem;font-size:1.05rem}
.label{font-weight:600;margin:.8rem 0 .2rem}.hint,.context{color:#555;font-size:.86rem}
.box{border:1px solid #999;border-radius:4px;padding:.3rem .5rem;color:#777;background:#fafafa}
ul{list-style:none;margin:.2rem 0;padding:0}button{margin:.3rem .4rem .3rem 0}
@media(max-width:700px){.pair{grid-template-columns:1fr}}
"""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """One screen of one dialogue in both languages, as Slack would get it."""

    flow: str
    screen: str
    views: dict[Language, Json]


def previews(playbook: Playbook) -> Iterator[Preview]:
    """Every screen of every dialogue, those of later parts included."""
    for flow in playbook.flows.values():
        for screen in flow.screens:
            yield Preview(
                flow=flow.id,
                screen=screen.key,
                views={
                    language: build(
                        _scene(playbook, flow.id, language), screen, Place(dialogue="d", nonce="n")
                    )
                    for language in LANGUAGES
                },
            )


def _scene(playbook: Playbook, flow: str, language: Language) -> Scene:
    cast = Cast(
        holders={"facilitator": "U1", "sponsor": "U2", "lead": "U3"},
        members=(Member(user="U3", function="sales"), Member(user="U4", function="marketing")),
    )
    project = Project(
        id="p", workspace="T1", name="Boréal", channel="C1", language=language, start=DAY,
        created_at=datetime(2026, 2, 16, tzinfo=UTC), creator="U1", cast=cast,
    )  # fmt: skip
    return Scene(
        flow=playbook.flows[flow],
        dialogue=Dialogue(id="d", flow=flow, person="U3", cast=cast, closes_on=DAY),
        project=project,
        w=words(language),
        today=DAY,
        names=NAMES,
    )


def page(playbook: Playbook) -> str:
    """The whole page as HTML."""
    out = [f"<!doctype html><meta charset=utf-8><title>Screens</title><style>{STYLE}</style><h1>Screens</h1>"]
    shown = ""
    for preview in previews(playbook):
        if preview.flow != shown:
            shown = preview.flow
            title = playbook.flows[shown].title
            out.append(f"<h2 id={shown}>{shown} {escape(title.en)} · {escape(title.fr)}</h2>")
        views = "".join(_view(view, language) for language, view in preview.views.items())
        out.append(f'<section class=pair id="{shown}-{escape(preview.screen)}">{views}</section>')
    return "\n".join(out)


def _view(view: Json, language: Language) -> str:
    blocks = "".join(BLOCKS[block["type"]](block) for block in view["blocks"])
    buttons = "".join(f"<button>{_text(view[k])}</button>" for k in ("submit", "close") if k in view)
    return (
        f"<div class=view lang={language}><h3>{_text(view['title'])}</h3>{blocks}<div>{buttons}</div></div>"
    )


def _section(block: Json) -> str:
    fields = [block["text"]] if "text" in block else block.get("fields", [])
    accessory = _element(block["accessory"]) if "accessory" in block else ""
    return f"<p>{'<br>'.join(_text(field) for field in fields)} {accessory}</p>"


def _input(block: Json) -> str:
    hint = f"<div class=hint>{_text(block['hint'])}</div>" if "hint" in block else ""
    return f"<div class=label>{_text(block['label'])}</div>{_element(block['element'])}{hint}"


#: Block type -> HTML. A block that is not here stops the page: every screen must be seen whole.
BLOCKS: dict[str, Callable[[Json], str]] = {
    "header": lambda block: f"<h4>{_text(block['text'])}</h4>",
    "section": _section,
    "context": lambda block: f"<p class=context>{' · '.join(_text(e) for e in block['elements'])}</p>",
    "alert": lambda block: f"<p class=box>{_text(block['text'])}</p>",
    "input": _input,
    "actions": lambda block: f"<p>{' '.join(_element(e) for e in block['elements'])}</p>",
    "divider": lambda block: "<hr>",
}


def _element(element: Json) -> str:
    kind = element["type"]
    if kind == "button":
        return f"<button>{_text(element['text'])}</button>"
    hint = _text(element["placeholder"]) if "placeholder" in element else ""
    if kind in ("radio_buttons", "checkboxes"):
        mark = "◯" if kind == "radio_buttons" else "☐"
        return "<ul>" + "".join(f"<li>{mark} {_text(o['text'])}</li>" for o in element["options"]) + "</ul>"
    if "options" in element:
        listed = "".join(f"<option>{_text(o['text'])}</option>" for o in element["options"])
        return f"<select><option>{hint}</option>{listed}</select>"
    return f"<div class=box>{hint or kind.replace('_', ' ')}</div>"


def _text(thing: Json) -> str:
    """Text of either kind; mrkdwn stays as it is written, which shows what Slack will get."""
    said = thing.get("text", thing.get("alt_text", ""))
    plain = said if isinstance(said, str) else said.get("text", "")
    return (
        escape(plain) if thing["type"] == "plain_text" else escape(plain, quote=False).replace("&amp;", "&")
    )


def main() -> None:
    """Write the page and say where."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screens.html"
    target.write_text(page(load()), encoding="utf-8")
    print(f"Every screen of every dialogue: {target}")


if __name__ == "__main__":
    main()
