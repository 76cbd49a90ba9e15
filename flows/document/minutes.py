"""The minutes of one workshop: what was decided, by which votes, and what was on the table, step by step.

Every line that has become a record carries its number. Names owners only, and nobody who voted or wrote; of a
workshop in which people talk openly (W04) nothing that was said is in it, only what came of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flows.dates import short_date
from flows.document import minutes_since
from flows.document.figures import decimal
from flows.document.model import Block, Bullets, Document, Paragraph, Section, Table, typed
from flows.register.model import Kept
from flows.words import Words
from flows.workshop.ballot import Item, Line, Result
from flows.workshop.model import Card
from flows.workshop.outcomes_model import Held
from flows.workshop.reading import chosen
from flows.workshop.script import Step
from flows.workshop.sliders import POINTS

TITLE = Words("Minutes of {id} {title}", "Compte rendu de {id} {title}")
MODES: Mapping[str, Words] = {
    "live": Words("live", "en direct"),
    "async": Words("in the channel, step by step", "dans le canal, étape par étape"),
}
HEAD = Words(
    "{day}, {mode}. Facilitated, without a vote, by {name}.",
    "{day}, {mode}. Animé, sans voix, par {name}.",
)
NO_DAY = Words("—", "—")
PRESENT = Words("Took part: {n}.", "Participants : {n}.")
INDICATIVE = Words(
    "Without quorum: the votes marked so are indicative, and will be held again.",
    "Sans quorum : les votes marqués ainsi sont indicatifs et seront refaits.",
)
UNFINISHED = Words(
    "This workshop ended before its last step.", "Cet atelier s’est terminé avant sa dernière étape."
)
DOORS = Words(
    "What was said stays there; only what came of it is written.",
    "Ce qui s’est dit reste là ; seul ce qui en ressort est écrit.",
)
SHORT = Words("In short", "En bref")
NOTHING_CAME = Words("Nothing was decided or left open.", "Rien n’a été décidé ni laissé ouvert.")
NOTHING = Words("Nothing was put on the table.", "Rien n’a été mis sur la table.")
PARKED = Words("Put aside for later", "Mis de côté pour plus tard")
PLEASED = Words("What we are pleased with", "Ce dont nous sommes contents")
HEADINGS: Mapping[str, Words] = {
    "decision": Words("Decided", "Décidé"),
    "action": Words("To do", "À faire"),
    "tradeoff": Words("For the arbiter", "Pour l’arbitre"),
    "issue": Words("Open", "Ouvert"),
}
TO_CONFIRM = Words("Still to be confirmed", "Encore à confirmer")
OTHERS = Words("Also recorded", "Aussi enregistré")
ON_TABLE = Words("On the table, unsigned", "Sur la table, sans signature")
LINES = Words("Filled in together", "Rempli ensemble")
BECAME = Words("Became", "Est devenu")
COUNTED = Words("{n} of {all} voted.", "{n} sur {all} ont voté.")
EMPTY = Words("Nobody voted.", "Personne n’a voté.")
VERDICTS: Mapping[tuple[str, str], Words] = {
    ("fist", "settled"): Words("Carried.", "Adopté."),
    ("fist", "again"): Words("Not carried; a second vote came.", "Pas adopté ; un second vote a suivi."),
    ("fist", "failed"): Words(
        "Not carried twice: the arbiter’s, with both positions.",
        "Pas adopté deux fois : à l’arbitre, avec les deux positions.",
    ),
    ("dots", "again"): Words("A tie at the line: one run-off.", "Une égalité sur la ligne : un second tour."),
    ("dots", "failed"): Words("Tied twice.", "Deux fois à égalité."),
    ("choice", "again"): Words(
        "No majority on some; voted on again.", "Sans majorité sur certains ; revotés."
    ),
    ("choice", "failed"): Words(
        "No majority twice: the arbiter’s.", "Deux fois sans majorité : à l’arbitre."
    ),
}
#: A first vote after which the group went on without the second.
LEFT_AT_THAT: Mapping[str, Words] = {
    "fist": Words("Not carried; no second vote was held.", "Pas adopté ; il n’y a pas eu de second vote."),
    "dots": Words(
        "A tie at the line; no run-off was held.",
        "Une égalité sur la ligne ; il n’y a pas eu de second tour.",
    ),
    "choice": Words(
        "No majority on some; not voted on again.", "Sans majorité sur certains ; pas de second vote."
    ),
}
WITHOUT_QUORUM = Words("Indicative: without quorum.", "Indicatif : sans quorum.")
VOTED_ON, ITEM = Words("What was voted on", "Ce qui a été voté"), Words("Point", "Sujet")
FROM_TO = Words("from {low} to {high}", "de {low} à {high}")
SPREAD = Words("Votes", "Voix")
CAME = Words("Result", "Résultat")
#: What each point of the support vote says, as on the card.
SUPPORT: Mapping[str, Words] = {
    "0": Words("0 Block", "0 Je bloque"), "1": Words("1 Serious objection", "1 Objection sérieuse"),
    "2": Words("2 Needs change", "2 À changer"),
    "3": Words("3 Can live with it", "3 Je peux m’en accommoder"),
    "4": Words("4 Support", "4 Je soutiens"), "5": Words("5 Champion", "5 Je porte"),
}  # fmt: skip
GRID = Words("effect {a}, effort {b}", "effet {a}, effort {b}")
OUTCOMES: Mapping[str, Words] = {
    "kept": Words("kept", "retenu"), "out": Words("not kept", "non retenu"),
    "tied": Words("tied", "à égalité"),
    "passed": Words("carried", "adopté"), "objected": Words("not carried", "pas adopté"),
    "do_now": Words("do now", "à faire tout de suite"), "plan": Words("plan", "à planifier"),
    "if_time": Words("if time allows", "si le temps le permet"), "leave": Words("leave", "à laisser"),
    "split": Words("split", "partagé"), "agree": Words("people agree", "accord"),
    "differ": Words("people differ", "désaccord"), "M": Words("must", "indispensable"),
    "S": Words("should", "important"), "C": Words("could", "souhaitable"),
    "W": Words("not this time", "pas cette fois"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One workshop that is over. `records`: those that come from it, live or not."""

    held: Held
    held_on: date | None  # in the project's zone
    records: Sequence[Kept]
    names: Mapping[str, str]  # Slack user id -> display name
    since: minutes_since.Since | None = None  # of a review of progress


def minutes(facts: Facts) -> Document:
    """The whole of it, in both languages."""
    held, workshop = facts.held, facts.held.workshop
    day = short_date(facts.held_on) if facts.held_on else NO_DAY
    name = Words.same(facts.names.get(workshop.facilitator, workshop.facilitator))
    head = HEAD.fill(day=day, mode=MODES[workshop.mode], name=name)
    there = sum(one.seat in ("here", "left") for one in workshop.people)
    version = Words(f"{head.en} {PRESENT.fill(n=there).en}", f"{head.fr} {PRESENT.fill(n=there).fr}")
    sections = (_short(facts), *(_step(facts, step) for step in _played(held)), *_rest(facts))
    return Document(
        title=TITLE.fill(id=held.script.id, title=held.script.title),
        version=version,
        notices=_notices(held),
        changes=(),
        sections=sections,
    )


def _notices(held: Held) -> tuple[Words, ...]:
    found = []
    if any(one.indicative for one in held.results):
        found.append(INDICATIVE)
    if any(deed.what == "stopped" for deed in held.workshop.trail):
        found.append(UNFINISHED)
    if held.script.behind_doors:
        found.append(DOORS)
    return tuple(found)


def _played(held: Held) -> tuple[Step, ...]:
    """The steps that were begun, in the order of the script, without the closing."""
    begun = {deed.step for deed in held.workshop.trail if deed.what == "step"}
    return tuple(one for one in held.script.steps if one.number in begun and one.method != "close")


def _short(facts: Facts) -> Section:
    """What was decided, what is to be done, what is open; each with its number, owner and date."""
    blocks: list[Block] = []
    records = sorted(facts.records, key=lambda one: (one.kind, one.number))
    rest = [one for one in records if one.kind not in HEADINGS]
    for kind, heading in HEADINGS.items():
        of_kind = [one for one in records if one.kind == kind]
        waits = [one for one in of_kind if kind == "decision" and one.status == "proposed"]
        for label, found in ((heading, [one for one in of_kind if one not in waits]), (TO_CONFIRM, waits)):
            if found:
                blocks.append(Bullets(items=tuple(line(facts, one) for one in found), label=label))
    if rest:
        blocks.append(Bullets(items=tuple(line(facts, one) for one in rest), label=OTHERS))
    return Section(
        id=facts.held.script.id, title=SHORT, blocks=tuple(blocks) or (Paragraph(words=NOTHING_CAME),)
    )


def line(facts: Facts, one: Kept) -> Words:
    """ "ISS-11 Baseline of the retention rate · Paul · 30/01"."""
    parts = [Words("{ref} {title}", "{ref} {title}").fill(ref=one.ref, title=typed(one.title))]
    if one.owner:
        parts.append(Words.same(facts.names.get(one.owner, one.owner)))
    if one.due:
        parts.append(short_date(one.due))
    return Words(" · ".join(part.en for part in parts), " · ".join(part.fr for part in parts))


def _step(facts: Facts, step: Step) -> Section:
    held = facts.held
    results = [one for one in held.results if one.step == step.number]
    blocks: list[Block] = [block for one in results for block in _voted(facts, one)]
    if facts.since is not None and held.place(step.number) == minutes_since.PLACE:
        blocks += minutes_since.blocks(facts.since, facts.names)
    if not held.script.behind_doors and not step.private:
        blocks += _table(facts, step)
    made = [
        one for one in facts.records
        if one.source == held.place(step.number) and (one.owner or one.due or not _read(facts, one, step))
    ]  # fmt: skip
    if made:
        blocks.append(Bullets(items=tuple(line(facts, one) for one in made), label=BECAME))
    return Section(
        id=held.place(step.number), title=step.words, blocks=tuple(blocks) or (Paragraph(words=NOTHING),)
    )


def _read(facts: Facts, one: Kept, step: Step) -> bool:
    """A line that was filled in together reads so already, with its number."""
    return one.item in {card.id for card in facts.held.rows(step.number)}


def _voted(facts: Facts, found: Result) -> list[Block]:
    """One ballot: what came of it, and how each item was voted on, in figures without names."""
    if found.verdict == "empty":
        return [Paragraph(words=EMPTY)]
    said = [_verdict(facts, found), COUNTED.fill(n=found.n, all=found.voters)]
    said += [WITHOUT_QUORUM] if found.indicative else []
    words = Words(_joined(one.en for one in said), _joined(one.fr for one in said))
    lines = chosen(facts.held.script, found) if facts.held.script.behind_doors else found.lines
    rows = tuple((_named(facts, one.item), _spread(found, one), _outcome(one)) for one in lines)
    table = Table(label=VOTED_ON, head=(ITEM, SPREAD, CAME), rows=rows)
    return [Paragraph(words=words), *([table] if rows else [])]


def _verdict(facts: Facts, found: Result) -> Words:
    """The result in a sentence. Without quorum nothing followed from it but a vote to be held again."""
    if found.indicative and found.verdict != "settled":
        return Words("", "")
    again = any(one.step == found.step and one.number > found.number for one in facts.held.results)
    if found.verdict == "again" and not again:
        return LEFT_AT_THAT.get(found.kind, Words("", ""))
    return VERDICTS.get((found.kind, found.verdict), Words("", ""))


def _named(facts: Facts, item: Item) -> Words:
    """What was voted on, with the number of the record it is, or has become."""
    became = {one.item: one.ref for one in facts.records}
    ref = item.ref if facts.held.record(item.ref) is not None else became.get(item.id, "")
    words = _typed(item.words)
    if item.second is not None:
        words = Words(f"{words.en} ↔ {item.second.en}", f"{words.fr} ↔ {item.second.fr}")
    return Words(f"{ref} {words.en}", f"{ref} {words.fr}") if ref else words


def _typed(words: Words) -> Words:
    """Words that may have been typed, for a cell of their own."""
    found = typed(words)
    return found if isinstance(found, Words) else Words.same(words.en)


def _joined(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)


def _spread(found: Result, one: Line) -> Words:
    """How votes were spread; of dots and effort, what they came to."""
    match found.kind:
        case "dots":
            n = int(one.figure)
            return Words(f"{n} dot" if n == 1 else f"{n} dots", f"{n} point" if n < 2 else f"{n} points")
        case "grid":
            return GRID.fill(a=decimal(one.figure), b=decimal(one.second)) if one.n else NO_DAY
        case "sliders":
            return Words.same(f"← {' · '.join(str(one.counts.get(str(point), 0)) for point in POINTS)} →")
        case "points" if one.counts:
            return FROM_TO.fill(low=one.counts["lowest"], high=one.counts["highest"])
    known = SUPPORT if found.kind == "fist" else {option.value: option.words for option in one.item.options}
    names = {value: known.get(value) or OUTCOMES.get(value, Words.same(value)) for value in one.counts}
    counted = [(names[value], n) for value, n in one.counts.items() if n]
    if not counted:
        return NO_DAY
    return Words(
        " · ".join(f"{words.en}: {n}" for words, n in counted),
        " · ".join(f"{words.fr} : {n}" for words, n in counted),
    )


def _outcome(one: Line) -> Words:
    known = {option.value: option.words for option in one.item.options}
    return known.get(one.outcome) or OUTCOMES.get(one.outcome, Words.same(one.outcome))


def _table(facts: Facts, step: Step) -> list[Block]:
    """What was on the table: lines with what they became, then ideas and notes in no order."""
    held = facts.held
    became = {one.item: one for one in facts.records}
    rows = [_row(card, became) for card in held.rows(step.number)]
    ideas = [_row(card, became) for card in held.on_table("idea", "note", "decision", step=step.number)]
    blocks: list[Block] = [Bullets(items=tuple(rows), label=LINES)] if rows else []
    return [*blocks, Bullets(items=tuple(ideas), label=ON_TABLE)] if ideas else blocks


def _row(card: Card, became: Mapping[str, Kept]) -> Words:
    text = " ".join(card.text.split()) or " · ".join(str(value) for value in card.fields.values() if value)
    known = became.get(card.id)
    if known is None:
        return Words("{text}", "{text}").fill(text=typed(text))
    return Words("{ref} {text}", "{ref} {text}").fill(ref=known.ref, text=typed(text))


def _rest(facts: Facts) -> tuple[Section, ...]:
    """What was put aside, and what people are pleased with; each only where there is something."""
    held = facts.held
    became = {one.item: one for one in facts.records}
    if held.script.behind_doors:
        return ()
    found = []
    for kind, title in (("parked", PARKED), ("pleased", PLEASED)):
        rows = tuple(_row(card, became) for card in held.cards if card.kind == kind and not card.into)
        if rows:
            found.append(Section(id="", title=title, blocks=(Bullets(items=rows),)))
    return tuple(found)
