"""The private desk of whoever facilitates, as a page: where it stands, what to say, what can be done now.

Each button says which move its page was drawn from: of two who press together the second changes nothing.
"""

from typing import Any

from bot import answer
from bot.parts import Parts
from bot.policy import NOTHING_THERE
from bot.request import Json, Request
from bot.words import blocks, elements
from bot.words.limits import fit
from bot.words.mrkdwn import Mrkdwn, md
from bot.words.text import N_, words
from bot.workshops import agenda, card, gathering, head, refusals, standing
from bot.workshops.deeds import Done
from bot.workshops.scene import Scene, scene
from flows.workshop import cluster
from flows.workshop.model import Card
from flows.workshop.outcomes_said import BECOMES
from flows.workshop.quorum import expected, quorum
from flows.workshop.script import Step
from storage.database import Connection

MINUTES, HOURS = 5, 4  # of [More time]
AMEND, MERGE, HAND = "workshop.amended", "workshop.merged", "workshop.handed"
PROPOSED = 5  # groups of alike ideas
CANCELS = N_("Everybody who was invited is told that it will not take place.")
ENDS = N_(
    "What is open now is not decided, and votes that were cast go unread. What was decided before stays."
)


def shown(conn: Connection, *, parts: Parts, request: Request, id: str, done: Done | None = None) -> Json:
    """The desk of whoever facilitates, as it stands; for everybody else, what they may read of the workshop.
    `done`: what has just happened, said on top."""
    found = scene(conn, parts, workspace=request.workspace, id=id, reader=request.user)
    if found is None or found.workshop.facilitator != request.user:
        w = found.w if found else None
        if found is None or w is None or not agenda.readable(found, request.user):
            w = words(parts.settings.language)
            return answer.page(w, w("My desk"), [blocks.section(w.of(NOTHING_THERE))])
        rows = agenda.page(found, request.user)
        return answer.page(w, w("Agenda and rules"), rows)
    return desk(found, done)


def desk(found: Scene, done: Done | None = None) -> Json:
    """The page: where it stands, what to say, what can be done now."""
    w, workshop = found.w, found.workshop
    rows: list[Json] = []
    if done is not None and not done.taken:
        rows.append(blocks.alert(refusals.said(w, done.turn.refusal or "nothing")))
    rows.append(blocks.section(w.md("*{id} {title}*", id=found.script.id, title=found.script.title)))
    if workshop.state == "planned":
        return _closed_by(found, [*rows, *_before(found)])
    if not workshop.running:
        return _closed_by(found, [*rows, blocks.section(head.over(found))])
    step = found.script.step(workshop.step)
    rows += [
        blocks.section(head.standing(w, quorum(found.script, workshop), workshop, desk=True)),
        blocks.section(w.md("*{title}*", title=card.title(w, found, step))),
    ]
    if said := standing.where(found, step):
        rows.append(blocks.context(said))
    rows.append(blocks.section(w.of(step.words)))
    guide = found.guidance(step)
    if guide is not None:
        rows.append(blocks.section(w.md("*To say:* {say}", say=guide.say)))
        rows.append(blocks.section(w.md("*With the result:* {then}", then=guide.then)))
    if becomes := BECOMES.get(f"{found.script.id}.{step.number}"):
        rows.append(blocks.context(w.md("_What becomes of it:_ {becomes}", becomes=becomes)))
    if step.method == "close":
        rows.append(blocks.context(w("Done when: {close}", close=w.of(found.script.close))))
    rows += [*_steering(found), *_merging(found), *_amending(found), *_people(found)]
    rows.append(blocks.context(w("You have no vote. The reveal shows totals without names.")))
    return _closed_by(found, rows)


def _closed_by(found: Scene, rows: list[Json]) -> Json:
    return answer.page(found.w, found.w("My desk"), rows)


def _value(found: Scene, what: str, rest: str = "") -> str:
    return f"{what}:{found.workshop.id}:{found.workshop.move}:{rest}"


def _button(  # noqa: PLR0913, PLR0917 - what it does, how it reads, what it asks first
    found: Scene, what: str, words: str, rest: str = "", style: Any = None, sure: Json | None = None
) -> Json:
    return elements.button(
        words, f"workshop.steer:{what}{rest}", value=_value(found, what, rest), style=style, sure=sure
    )


def _before(found: Scene) -> list[Json]:
    """Planned: who comes in counts, and the ways to begin."""
    w, workshop = found.w, found.workshop
    now = expected(found.script, workshop)
    live = workshop.mode == "live"
    return [
        blocks.section(head.when(found)),
        blocks.section(
            w.plural_md(
                "{n} of the {all} counted for quorum comes so far; {needed} are needed.",
                "{n} of the {all} counted for quorum come so far; {needed} are needed.",
                now.here, all=now.team, needed=now.needed,
            )
        ),
        blocks.actions(
            _button(found, "open", w("Open it live"), "live", "primary" if live else None),
            _button(found, "open", w("Open it in the channel"), "async", None if live else "primary"),
            elements.button(
                w("Read the script"), "workshop.script", value=f"{found.project.id}:{found.script.id}"
            ),
            _button(found, "cancel", w("Cancel it"), sure=_sure(found, w("Cancel it"), w(CANCELS))),
        ),
    ]  # fmt: skip


def _steering(found: Scene) -> list[Json]:
    """The buttons of now, the one that goes on first."""
    w, workshop = found.w, found.workshop
    if workshop.state == "paused":
        return [blocks.actions(_button(found, "resume", w("Go on"), "", "primary"), *_ending(found))]
    words = {
        "preparing": w("Open the vote"),
        "between": w("Open the second vote"),
        "shown": w("Next step"),
    }.get(workshop.phase)
    last = workshop.step == len(found.script.steps)
    on = words or (
        w("Close and reveal") if workshop.voting else w("Close the workshop") if last else w("Close the step")
    )
    more = (
        w.plural("+{n} minute", "+{n} minutes", MINUTES)
        if workshop.mode == "live"
        else w.plural("+{n} working hour", "+{n} working hours", HOURS)
    )
    row = [_button(found, "next", on, "", "primary")]
    if workshop.phase != "shown":
        row.append(_button(found, "more", more, workshop.mode))
    if not last and workshop.phase != "shown":
        row.append(_button(found, "skip", w("Skip")))
    row.append(_button(found, "pause", w("Pause")))
    other = "async" if workshop.mode == "live" else "live"
    change = w("Go on in the channel") if other == "async" else w("Go on live")
    rows = [blocks.actions(*row), blocks.actions(_button(found, "mode", change, other), *_ending(found))]
    begun = [one for one in found.script.steps if one.number <= workshop.step]
    options = [
        elements.option(fit(_called(found, one), 75), _value(found, "back", str(one.number))) for one in begun
    ]
    back = elements.select("workshop.steer:back", options, hint=w("Back to a step…"))
    return [*rows, blocks.actions(back)]


def _called(found: Scene, step: Step) -> str:
    """ "3. Board of needs"."""
    guide = found.guidance(step)
    return f"{step.number}. {found.w.of(guide.name) if guide else step.method}"


def _ending(found: Scene) -> list[Json]:
    w = found.w
    end = w("End without deciding")
    return [_button(found, "end", end, "", "danger", sure=_sure(found, end, w(ENDS)))]


def _sure(found: Scene, yes: str, words: str) -> Json:
    """Asked before what cannot be taken back."""
    w = found.w
    return elements.confirmation(w("Are you sure?"), words, yes=yes, no=w("Leave it as it is"))


def mergeable(found: Scene) -> list[Card]:
    """The ideas that may be put together: before a vote, only those it will be about."""
    number = found.workshop.step
    voted = gathering.steps(f"{found.script.id}.{number}") if found.workshop.phase == "preparing" else None
    return [
        one for one in found.cards
        if not one.into and one.kind in ("idea", "note") and (voted is None or one.step in voted)
    ]  # fmt: skip


def _merging(found: Scene) -> list[Json]:
    """Alike ideas, proposed; people decide. What is merged counts as one in the vote."""
    w, workshop = found.w, found.workshop
    if workshop.phase not in ("preparing", "shown"):
        return []
    every = mergeable(found)
    aloud = _said_aloud(found)
    if len(every) < 2:
        return aloud
    rows = [blocks.divider(), blocks.section(w.md("*Alike ideas.* Put together what says the same."))]
    for group in cluster.proposals(every)[:PROPOSED]:
        said = Mrkdwn("\n").join(md(f"• {one.text}") for one in group)
        ids = ",".join(one.id for one in group)
        go = elements.button(
            w("Put together"), f"workshop.merge:{group[0].id}", value=f"{workshop.id}:{ids}"[:1900]
        )
        rows.append(blocks.section(said, accessory=go))
    choose = elements.button(w("Choose which to put together"), "workshop.merge_open", value=workshop.id)
    return [*rows, blocks.actions(choose), *aloud]


def _said_aloud(found: Scene) -> list[Json]:
    """Where people talk openly nobody types: whoever facilitates writes down what was said, unsigned."""
    w, workshop = found.w, found.workshop
    if not found.script.behind_doors or workshop.phase != "preparing":
        return []
    value = f"{workshop.id}:{workshop.move}:idea"
    go = elements.button(w("Write down what was said aloud"), "workshop.give", value=value)
    return [blocks.actions(go)]


def _amending(found: Scene) -> list[Json]:
    """Between two votes: what people said, and the text to change."""
    w, workshop = found.w, found.workshop
    if not found.amending or workshop.ballot is None:
        return []
    said = [card_.text for card_ in found.cards if card_.kind == "to_three" and card_.step == workshop.step]
    rows = (
        [
            blocks.section(
                Mrkdwn("\n").join([w.md("*What would bring people to 3*"), *(md(f"• {t}") for t in said)])
            )
        ]
        if said
        else []
    )
    buttons = [
        elements.button(
            w("Amend: {what}", what=fit(w.of(one.words), 50)),
            f"workshop.amend:{one.id}",
            value=f"{workshop.id}:{one.id}",
        )
        for one in workshop.ballot.items[:5]
    ]
    return [*rows, blocks.actions(*buttons)]


def _people(found: Scene) -> list[Json]:
    """Handing over, in one step."""
    w = found.w
    hint = w("Hand over to…")
    return [blocks.actions(elements.user(f"workshop.hand_over:{found.workshop.id}", hint=hint))]
