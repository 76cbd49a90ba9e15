"""Section N17 of the scoping note: diagnosis and verdict, as the whole team may read them.

Works nothing out, and shows no answer: figures of families, gates, conditions, in the words of content. Rules
that are for a few roles are not here.
"""

from collections.abc import Callable
from math import floor

from flows.dates import short_date
from flows.diagnosis.advice import advised, headline
from flows.diagnosis.figures import exact
from flows.diagnosis.model import DiagnosisModel
from flows.diagnosis.result import Condition, Diagnosis, Family
from flows.dialogue.show import NOTHING, joined
from flows.document import figures
from flows.document.facts import NoteFacts
from flows.document.missing import live
from flows.document.model import DIAGNOSIS, Block, Bullets, Missing, Paragraph, Section, Table
from flows.playbook.model import Playbook
from flows.words import Words

#: Coverage from which a score is shown without its range (3.3 rule 3).
COVERED = 0.90
TOO_EARLY = Words(
    "⚠ Not enough answers to conclude: {coverage}% of the expected ones are in.",
    "⚠ Réponses insuffisantes pour conclure : {coverage} % de celles qui sont attendues sont arrivées.",
)
NOT_RUN = Words("⚠ No diagnosis has been made yet.", "⚠ Aucun diagnostic n’a encore été fait.")
WAITS = Words(
    "⚠ A change of verdict is told to the sponsor and the project lead first; it stands here a working day "
    "later.",
    "⚠ Un changement de verdict est d’abord annoncé au sponsor et au pilote du projet ; il figure ici un "
    "jour ouvré plus tard.",
)
HEAD = Words("{label}, readiness {score}/100", "{label}, préparation {score}/100")
NO_CONDITION = Words("No condition.", "Aucune condition.")
LABEL = Words("Verdict", "Verdict")
ON = Words("Conditions", "Conditions")


def whole(score: float) -> int:
    """To the nearest integer; a half counts up."""
    return floor(exact(score) + 0.5)


def verdict(playbook: Playbook, facts: NoteFacts) -> Section:
    """N17."""
    title = Words("Diagnosis and verdict", "Diagnostic et verdict")
    found, model = facts.judged.found, playbook.diagnosis
    if found is None or found.verdict == "INSUFFICIENT":
        return Section(id="N17", title=title, blocks=(_too_early(facts, found), *_history(facts, model)))
    blocks = (
        *(said for said in (said_verdict(playbook, facts), said_conditions(playbook, facts)) if said),
        *overrides(facts),
        *_texts(found, model),
        _families(found, model),
        figures.families(found, model),
        _gates(found, model),
        *_history(facts, model),
    )
    return Section(id="N17", title=title, blocks=blocks)


def overrides(facts: NoteFacts) -> tuple[Block, ...]:
    """Why the sponsor goes on in spite of a verdict, in their own words (3.6)."""
    return tuple(
        Paragraph(words=Words.same(str(decision.fields["override_reason"])), label=decision.title)
        for decision in live(facts, "decision")
        if decision.fields.get("override_reason")
    )


def _too_early(facts: NoteFacts, found: Diagnosis | None) -> Block:
    if found is None:
        return Missing(words=WAITS if facts.judged.waits else NOT_RUN, question=DIAGNOSIS)
    coverage = 5 * whole(found.coverage * 20)
    return Missing(words=TOO_EARLY.fill(coverage=coverage), question=DIAGNOSIS)


def said_verdict(playbook: Playbook, facts: NoteFacts) -> Block | None:
    """The verdict on one line; None while there is none the team may read."""
    found = facts.judged.found
    if found is None or found.verdict == "INSUFFICIENT":
        return None
    label = playbook.diagnosis.labels[found.verdict]
    return Paragraph(words=HEAD.fill(label=label, score=whole(found.readiness)), label=LABEL)


def named_conditions(playbook: Playbook, facts: NoteFacts) -> Block | None:
    """What the verdict hangs on, each by its name only: what fits the first page."""
    return _conditions(playbook, facts, _name)


def said_conditions(playbook: Playbook, facts: NoteFacts) -> Block | None:
    """What the verdict hangs on and when it is met; None while there is no go that could hang on anything."""
    return _conditions(playbook, facts, _condition)


def _conditions(
    playbook: Playbook, facts: NoteFacts, said: Callable[[Condition, DiagnosisModel], Words]
) -> Block | None:
    found, model = facts.judged.found, playbook.diagnosis
    if found is None or not found.verdict.startswith("GO"):
        return None
    open_ = [one for one in found.conditions if one.id not in model.rules or not model.rules[one.id].seen_by]
    if not open_:
        return Paragraph(words=NO_CONDITION, label=ON)
    return Bullets(items=tuple(said(one, model) for one in open_), label=ON)


def _name(one: Condition, model: DiagnosisModel) -> Words:
    what = (model.gates.get(one.id) or model.rules.get(one.id) or model.indicators[one.id]).words
    return Words("{id} {what}", "{id} {what}").fill(id=one.id, what=headline(what))


def _condition(one: Condition, model: DiagnosisModel) -> Words:
    said = Words("{id} {what}. Met when: {done}", "{id} {what}. Remplie quand : {done}")
    if one.id in model.gates:
        gate = model.gates[one.id]
        return said.fill(id=one.id, what=_unstopped(gate.words), done=gate.done)
    what = model.rules[one.id].words if one.id in model.rules else model.indicators[one.id].words
    done = model.rules[one.id].done if one.id in model.rules else None
    reached = model.condition.fill(indicator=what, score=whole(model.limits["go"]))
    return said.fill(id=one.id, what=_unstopped(what), done=done or reached)


def _unstopped(words: Words) -> Words:
    """An advice without whom it is for and without its full stop, to go on from."""
    said = advised(words)
    return Words(said.en.removesuffix("."), said.fr.removesuffix("."))


def _texts(found: Diagnosis, model: DiagnosisModel) -> tuple[Block, ...]:
    """Why it is no go, and that answers are missing (3.6)."""
    lines: list[Words] = []
    if found.kind is not None:
        failing = [model.gates[id].words for id, how in found.gates.items() if how == "fail"]
        why = model.texts[f"no_go_{found.kind}"]
        lines.append(why.fill(gates=joined(failing, ", "), score=whole(found.readiness)))
        lines += [model.indicators[id].words for id in found.three_points]
    if found.provisional:
        lines.append(model.texts["provisional"].fill(coverage=5 * whole(found.coverage * 20)))
    return (Bullets(items=tuple(lines)),) if lines else ()


def _families(found: Diagnosis, model: DiagnosisModel) -> Block:
    """The four families: band, score, and what missing answers could make of it."""
    head = (Words("Family", "Famille"), Words("Standing", "État"), Words("Score", "Note"),
            Words("May still become", "Peut encore devenir"))  # fmt: skip
    rows = tuple(
        (model.families[number], *_scored(family, model)) for number, family in found.families.items()
    )
    return Table(label=Words("The four families", "Les quatre familles"), head=head, rows=rows)


def _scored(family: Family, model: DiagnosisModel) -> tuple[Words, Words, Words]:
    if family.score is None:
        return NOTHING, NOTHING, NOTHING
    span = Words("{low} to {high}", "{low} à {high}").fill(low=whole(family.low), high=whole(family.high))
    band = model.band(exact(family.score)).words
    covered = exact(family.coverage) >= COVERED
    return band, Words.same(str(whole(family.score))), NOTHING if covered else span


def _gates(found: Diagnosis, model: DiagnosisModel) -> Block:
    rows = tuple(
        (Words.same(id), model.gates[id].words, model.standings[how]) for id, how in found.gates.items()
    )
    head = (Words("Gate", "Porte"), Words("What", "Quoi"), Words("Standing", "État"))
    return Table(label=Words("Gates", "Portes"), head=head, rows=rows)


def _history(facts: NoteFacts, model: DiagnosisModel) -> tuple[Block, ...]:
    """Each change of verdict so far."""
    if not facts.judged.history:
        return ()
    said = Words("{day}: {label}", "{day} : {label}")
    items = tuple(
        said.fill(day=short_date(day), label=model.labels[verdict]) for day, verdict in facts.judged.history
    )
    return (Bullets(items=items, label=Words("So far", "Jusqu’ici")),)
