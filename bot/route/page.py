"""The route as a page (journeys G6): what the facts propose, each with where it comes from, what would change
the proposal, the decision, and the document that follows from it. Changes nothing.
"""

import re
from collections.abc import Iterable

from bot.asker import Asker
from bot.hub import pages
from bot.parts import Parts
from bot.policy import Allow
from bot.request import Json
from bot.route import documents, reading
from bot.route.documents import Ready
from bot.route.reading import CHOICE, FLOW, Picture
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, quote
from bot.words.text import N_, Wording
from flows import route
from flows.dialogue.show import in_words
from flows.route import SESSIONS, SETTLED, Shift
from storage.database import Connection

TITLE = N_("Choose the route")
SHORT = 300  # characters of a reason on the page

#: What an answer tells whoever gives it ("Yes (say which need)"), and nobody who reads it.
ASIDE = re.compile(r"\s*\([^)]*\)$")


def page(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """The page, for everybody in the project: the answers of a form are read at once."""
    if who.project is None:
        return pages.nowhere(who.w, who)
    w, found = who.w, reading.picture(conn, parts, who.project)
    if found.proposed is None:
        said = w.md(
            "Nothing is proposed yet: it follows from the first five questions of *{dialogue}*, which those "
            "who lead the project answer.", dialogue=found.flow.title,
        )  # fmt: skip
        return [blocks.section(said), *_ways(who, found)]
    ready = documents.ready(conn, parts, found, [found.chosen] if found.decided else ())
    return [
        blocks.section(w.md("*Proposed: {route}*", route=found.proposed.words)),
        blocks.context(w("Worked out from the facts below. The arbiter decides.")),
        blocks.section(w.md("*Why*")),
        *facts(who, found),
        *_shifts(w, found),
        blocks.divider(),
        *decision(w, found),
        *_ways(who, found),
        *_document(who, found, ready),
    ]


def facts(who: Asker, found: Picture) -> Iterable[Json]:
    """Each fact, and where it comes from."""
    w = who.w
    yield blocks.section(Mrkdwn("\n").join(_answer(w, found, id) for id in route.ASKED))
    said = w.plural("{n} session with the whole team invited", "{n} sessions with the whole team invited",
                    len(found.sessions))  # fmt: skip
    go = None
    if found.sessions:
        ref = found.sessions[-1]
        label = w("Read {ref}", ref=ref)
        go = elements.button(label, f"record.open:{ref}", value=f"{found.project.id}:{ref}")
    refs = f" ({', '.join(found.sessions)})" if found.sessions else ""
    yield blocks.section(w.md("• Vendors seen: {said}", said=said + refs), accessory=go)
    yield blocks.section(
        w.md("• Criteria: {said}", said=_criteria(w, found)),
        accessory=elements.button(w("Criteria"), "criteria.open:route", value=found.project.id),
    )
    yield from _ties(w, found)


def _ties(w: Wording, found: Picture) -> Iterable[Json]:
    """Whoever has a tie with a vendor has no part in this choice (VEN08). Names nobody that was not named."""
    if found.ties:
        said = w.listed([f"{ref}: {nature}" for ref, nature in found.ties.items()])
        yield blocks.section(w.md("• Declared ties: {said}", said=said))
        yield blocks.context(w("Whoever has such a tie gives feedback, and has no part in this choice."))


def _criteria(w: Wording, found: Picture) -> str:
    if not found.undecided:
        return w("all five are settled")
    names = [f"K{id[-1]}" for id in found.undecided]
    return w.plural("{names} is not settled", "{names} are not settled", len(names), names=w.listed(names))


def _answer(w: Wording, found: Picture, id: str) -> Mrkdwn:
    """ "• How precise the needs are: mostly (RTE01, Claire Vasseur)"."""
    question, given = found.question(id), found.given(id)
    if given is None:
        return w.md("• {fact}: not answered ({id})", fact=question.short, id=id)
    said = in_words(question, given.value, found.names)
    name = found.named(given.author)
    return w.md("• {fact}: {said} ({id}, {name})", fact=question.short, said=said, id=id, name=name)


def _shifts(w: Wording, found: Picture) -> Iterable[Json]:
    """What would change the proposal."""
    if found.facts is None:
        return
    choices = {id: [option.value for option in found.question(id).options] for id in route.ASKED}
    lines = [_shift(w, found, one) for one in route.shifts(found.flow.routes, found.facts, choices)]
    if lines:
        yield blocks.section(Mrkdwn("\n").join([w.md("*What would change it*"), *lines]))


def _shift(w: Wording, found: Picture, one: Shift) -> Mrkdwn:
    if one.fact == SESSIONS:
        return w.md("• Two sessions with the whole team invited: {route}", route=one.route.words)
    if one.fact == SETTLED:
        return w.md("• All five criteria settled: {route}", route=one.route.words)
    question = found.question(one.fact)
    said = [ASIDE.sub("", w.of(in_words(question, value, found.names))) for value in one.values]
    return w.md(
        "• {fact}, {said}: {route}", fact=question.short, said=" / ".join(said), route=one.route.words
    )


def decision(w: Wording, found: Picture) -> Iterable[Json]:
    """Chosen by whom and why, decided or not."""
    given, made = found.given(CHOICE), found.decision
    if given is None or made is None:
        yield blocks.section(w.md("*Decision:* none yet."))
        return
    chosen = in_words(found.question(CHOICE), given.value, found.names)
    name = found.named(str(made.fields.get("decided_by") if found.decided else given.author))
    if found.decided:
        said = w.md("*Decided by {name}: {route}* ({ref})", name=name, route=chosen, ref=made.ref)
    else:
        said = w.md("*Chosen by {name}: {route}* ({ref}). It waits for the arbiter.", name=name, route=chosen,
                    ref=made.ref)  # fmt: skip
    label = w("Read {ref}", ref=made.ref)
    go = elements.button(label, f"record.open:{made.ref}", value=f"{found.project.id}:{made.ref}")
    yield blocks.section(said, accessory=go)
    for title, key in ((N_("Because"), "reason"), (N_("We accept to lose"), "loss")):
        if text := str(made.fields.get(key) or ""):
            yield blocks.section(Mrkdwn("\n").join([w.md("*{title}*", title=w(title)), quote(text[:SHORT])]))


def _ways(who: Asker, found: Picture) -> list[Json]:
    """What this person can do now."""
    w, id = who.w, found.project.id
    row = []
    if reading.decides(who) and found.proposed is not None:
        words = w("Decide again") if found.decided else w("Decide")
        row.append(elements.button(words, "route.decide", value=id, style="primary"))
    chooses = who.may("route.choose") == Allow() and not reading.decides(who)
    if chooses and found.proposed is not None and not found.decided:
        row.append(elements.button(w("Choose the route"), "route.choose", value=id))
    if found.run and who.actor.user in found.project.cast.audience(found.question(CHOICE).audience):
        row.append(elements.button(w("The five questions"), f"dialogue.open:{found.run}", value=found.run))
    if not found.run and who.may("dialogue.send") == Allow():
        row.append(elements.button(w("Send questions"), "send.open", value=f"{id}:{FLOW}"))
    return [blocks.actions(*row)] if row else []


def _document(who: Asker, found: Picture, ready: dict[str, Ready]) -> Iterable[Json]:
    """The document of the chosen route, and what is missing in it."""
    w, one = who.w, ready.get(found.chosen)
    if one is None or not found.decided:
        return
    yield blocks.divider()
    yield blocks.section(w.md("*The document that follows:* {name} ({state})", name=documents.name(one),
                              state=state(w, one)))  # fmt: skip
    if who.may(documents.read(one)) == Allow():
        value = f"{found.project.id}:{one.doc}"
        words = w("Prepare the document")
        yield blocks.actions(elements.button(words, "document.open:route", value=value, style="primary"))


def state(w: Wording, one: Ready) -> str:
    """ "ready", "5 things missing", "2 sections keep it from leaving"."""
    if one.blocking:
        return w.plural(
            "{n} section keeps it from leaving", "{n} sections keep it from leaving", one.blocking
        )
    if one.missing:
        return w.plural("{n} thing is missing", "{n} things are missing", one.missing)
    return w("ready")
