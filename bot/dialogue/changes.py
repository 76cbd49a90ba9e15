"""What is asked before a change takes effect: what it brings about (B7), a warning, a colleague's text.

The screen itself stands under the explanation, with what was typed: nothing is stored meanwhile, and
sending it again carries the change out.
"""

from typing import Any

from bot.dialogue.place import Place
from bot.dialogue.scene import Scene
from bot.dialogue.screens import Around
from bot.dialogue.values import in_words, said
from bot.words.blocks import actions, alert, context, divider, modal, section
from bot.words.elements import button
from bot.words.mrkdwn import Mrkdwn, bold, md, quote
from flows.dialogue.model import Question, Value
from flows.dialogue.turn import Conflict, Consequences, Turn
from flows.words import Words

Json = dict[str, Any]


def asked(scene: Scene, turn: Turn) -> Around:
    """What to read first, above the screen; sending the same values again goes on."""
    w = scene.w
    warnings = warned(scene, turn)
    if not turn.consequences:
        return Around(top=warnings)
    told = [block for one in turn.consequences for block in explained(scene, one)]
    return Around(
        top=[*told, context(who_sees(scene)), *warnings, divider()],
        title=w("What this changes"),
        submit=w("Change it"),
        close=w("Keep my answer"),
        counted=False,
    )


def warned(scene: Scene, turn: Turn) -> list[Json]:
    """What to think about first; pressing again keeps the choice."""
    if not turn.warnings:
        return []
    w = scene.w
    alerts = [alert(w.of(warning.words)) for warning in turn.warnings]
    return [*alerts, context(w.md("Press again to keep your choice."))]


def page(scene: Scene, place: Place, turn: Turn, *, callback_id: str) -> Json:
    """The same as a page of its own, over the screen: before an exit, before a line goes."""
    w = scene.w
    blocks = [block for one in turn.consequences for block in explained(scene, one)]
    return modal(
        w("What this changes"),
        [*blocks, context(who_sees(scene))],
        callback_id=callback_id,
        submit=w("Change it"),
        close=w("Keep my answer"),
        metadata=place.packed(),
    )


def explained(scene: Scene, one: Consequences) -> list[Json]:
    """Before and after, then what is asked again, re-opened, created, withdrawn, set aside."""
    w, question = scene.w, scene.known(one.question)
    if question is None:
        return []
    change = Mrkdwn("\n").join([scene.asked(question), _change(scene, question, one)])
    parts = (
        (w.md("*To answer again ({n})*", n=len(one.again)), _questions(scene, one.again)),
        (w.md("*Re-opened ({n})*", n=len(one.reopened)), _titles(scene, one.reopened)),
        (w.md("*Created ({n})*", n=len(one.created)), _titles(scene, one.created)),
        (w.md("*Withdrawn ({n})*", n=len(one.withdrawn)), _titles(scene, one.withdrawn)),
        (w.md("*Kept but not used ({n})*", n=len(one.unused)), _questions(scene, one.unused)),
    )
    listed = [section(Mrkdwn("\n").join([head, *items])) for head, items in parts if items]
    return [section(change), *listed]


def _change(scene: Scene, question: Question, one: Consequences) -> Mrkdwn:
    """Before and after; of a table only the lines that differ."""
    w = scene.w
    if question.kind == "rows" and one.before.given:
        gone, new = _differing(one.before.value, one.after)
        heads = ((w.md("Goes:"), gone), (w.md("Comes:"), new))
        told = [[head, in_words(scene, question, lines)] for head, lines in heads if lines]
        return Mrkdwn("\n").join([part for pair in told for part in pair])
    before = said(scene, question, one.before)
    after = in_words(scene, question, one.after) if one.after not in (None, "") else w.md("_No answer_")
    if "\n" in before + after:  # long ones: one below the other
        return Mrkdwn("\n").join([before, Mrkdwn("→"), after])
    return w.md("{before} → {after}", before=before, after=bold(after))


def _differing(before: Value, after: Value) -> tuple[list[Any], list[Any]]:
    """The lines that are no more, and those that are new. A line that stands twice counts twice."""
    gone, new = list(before) if isinstance(before, list) else [], []
    for line in after if isinstance(after, list) else ():
        if line in gone:
            gone.remove(line)
        else:
            new.append(line)
    return gone, new


def who_sees(scene: Scene) -> Mrkdwn:
    """Who will notice the change, and that nothing is posted."""
    w, cast = scene.w, scene.project.cast
    people = [cast.holder("facilitator"), cast.holder("lead")]
    names = [scene.person(user) for user in dict.fromkeys(user for user in people if user)]
    if not names:
        return w.md("Nothing is posted in the channel.")
    return w.md("Seen in Home by: {names}. Nothing is posted in the channel.", names=md(w.listed(names)))


def conflicting(scene: Scene, turn: Turn) -> Around:
    """Two people on one form: the other's text first, one's own still in the field (row 7)."""
    return Around(notes={one.question: _conflict(scene, one) for one in turn.conflicts})


def _conflict(scene: Scene, one: Conflict) -> list[Json]:
    w, question = scene.w, scene.known(one.question)
    if question is None:
        return []
    theirs = in_words(scene, question, one.theirs.value)
    told = w.md(
        "{name} answered this on {when}. Keep it, or replace it with yours?",
        name=bold(scene.person(one.theirs.author)),
        when=w.moment(one.theirs.at, scene.project.zone),
    )
    keep = button(
        w("Keep"), f"dialogue.keep:{one.question}", value=one.question, label=w("Keep their answer")
    )
    put = button(
        w("Replace"), f"dialogue.replace:{one.question}", value=one.question, label=w("Replace with mine")
    )
    return [alert(told), section(_quoted(theirs)), actions(keep, put, block_id=f"k:{one.question}")]


def _quoted(text: Mrkdwn) -> Mrkdwn:
    """Markup as a quotation, line by line."""
    return Mrkdwn("\n").join([Mrkdwn(f"> {row}") for row in text.split("\n")]) if text else quote("–")


def _questions(scene: Scene, ids: tuple[str, ...]) -> list[Mrkdwn]:
    found = (scene.known(id) for id in ids)
    return [md(f"• {scene.w.of(question.words)}") for question in found if question is not None]


def _titles(scene: Scene, titles: tuple[Words, ...]) -> list[Mrkdwn]:
    return [md(f"• {scene.w.of(title)}") for title in titles]
