"""`/cadrage criteria`: K1 to K5 with what to look at for each, how each is kept and why, and the weights.

Read by everybody in the project. Changes nothing.
"""

from collections.abc import Iterable

from bot.asker import Asker
from bot.grids import reading
from bot.grids.reading import KEYS, NEEDS, WEIGHTS, Criteria
from bot.hub import pages
from bot.parts import Parts
from bot.policy import Action, Allow
from bot.request import Json
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.words.text import N_, Wording
from flows import cadence
from flows.dialogue.show import in_words
from flows.register.model import Kept
from storage.database import Connection

TITLE = N_("Solution criteria")
ARBITER_ONLY = N_(
    "A vendor has been seen ({ref}): now only the arbiter changes the weights, with a reason that is printed."
)
NOT_FIXED = N_(
    "*Weights:* not fixed yet. Fixed before any demonstration, they stand up to a good sales pitch."
)


def page(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """The page."""
    if who.project is None:
        return pages.nowhere(who.w, who)
    w, found = who.w, reading.criteria(conn, parts, who.project)
    rows = [blocks.section(w("Five criteria on which any platform is judged, and what to look at for each."))]
    for id, key in KEYS.items():
        rows += _criterion(who, found, id, parts.playbook.criteria.get(key, ()))
    rows += [blocks.divider(), *_weights(who, found), *_ways(who, found)]
    return rows


def _criterion(who: Asker, found: Criteria, id: str, checks: Iterable[object]) -> Iterable[Json]:
    """One criterion: how it is kept, why it is set aside, what to look at."""
    w, question, given = who.w, found.question(id), found.given(id)
    kept = in_words(question, given.value, found.names) if given is not None else None
    head = w.md("*{criterion}*: {kept}", criterion=question.words, kept=kept or w("not settled yet"))
    lines = [head]
    reason = found.given(f"{id}a")
    if reason is not None and given is not None and given.value == "waived":
        lines.append(w.md("Set aside because: {reason}", reason=str(reason.value)))
    lines += [w.md("• {check}", check=check) for check in checks]
    go = None
    if found.run and who.may("criteria.settle") == Allow():
        label = w("{what}: {question}", what=w("Settle"), question=KEYS[id])
        value = f"{found.project.id}:{id}"
        go = elements.button(w("Settle"), f"criteria.settle:{id}", value=value, label=label)
    yield blocks.section(Mrkdwn("\n").join(lines), accessory=go)


def _weights(who: Asker, found: Criteria) -> Iterable[Json]:
    """The weights, since when they stand, and who may change them now."""
    w, given = who.w, found.given(WEIGHTS)
    if given is None:
        yield blocks.section(w.md(NOT_FIXED))
    else:
        options = found.question(WEIGHTS).options
        shared = sorted(options, key=lambda option: -int(given.value.get(option.value) or 0))
        lines = [
            w.md("• {heading}: {n}", heading=option.label, n=int(given.value.get(option.value) or 0))
            for option in shared
        ]
        yield blocks.section(Mrkdwn("\n").join([w.md("*Weights of the evaluation, out of 100*"), *lines]))
        yield blocks.context(_since(w, found, found.decisions.get(WEIGHTS)))
    if found.locked_by is not None:
        ref = found.locked_by.ref
        yield blocks.context(w.md(ARBITER_ONLY, ref=ref))


def _since(w: Wording, found: Criteria, made: Kept | None) -> Mrkdwn:
    """ "Fixed on Thu 12 Feb by Élodie Martin (DEC-9)"; with its reason where a vendor had been seen."""
    given = found.given(WEIGHTS)
    if given is None:
        return Mrkdwn("")
    day = w.day(given.at.astimezone(cadence.zone(found.project.zone)).date())
    name = found.names.get(given.author, given.author)
    ref = made.ref if made is not None else WEIGHTS
    if made is not None and made.fields.get("demonstrated_on"):
        said = w.md("Settled on {day} by {name}, after the first demonstration ({ref}).",
                    day=day, name=name, ref=ref)  # fmt: skip
        reason = str(made.fields.get("reason") or "")
        return Mrkdwn(" ").join([said, w.md("Reason: {reason}", reason=reason)]) if reason else said
    return w.md("Fixed on {day} by {name} ({ref})", day=day, name=name, ref=ref)


def _ways(who: Asker, found: Criteria) -> list[Json]:
    """What this person can do now."""
    w, id = who.w, found.project.id
    row = [elements.button(w("Vendors side by side"), "vendors.open", value=id)]
    action: Action = "weights.change" if found.locked_by is not None else "criteria.settle"
    if found.run and (who.may(action) == Allow() or who.may("weights.change") == Allow()):
        words = w("Change the weights") if found.given(WEIGHTS) is not None else w("Fix the weights")
        row.append(elements.button(words, "criteria.weights", value=id))
    if not found.run and who.may("dialogue.send") == Allow():
        row.append(elements.button(w("Send questions"), "send.open", value=f"{id}:{NEEDS}"))
    if who.may("workshop.run") == Allow():
        row.append(
            elements.button(w("Settle them in a workshop"), "workshop.prepare:criteria", value=f"{id}:W06")
        )
    return [blocks.actions(*row)]
