"""The named checks of content's `check`: what an answer must respect beyond its kind.

A *lasting* check is applied again whenever the dialogue is read: an answer that no longer passes
counts as open, with its value kept. An *entry* check looks at the moment of saving only, and at the
dialogue as it was before. A *warning* lets the person go on once they have read it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.dialogue import plan_checks
from flows.dialogue.model import Dialogue, Question, Value
from flows.dialogue.who import holder
from flows.words import Words

Force = Literal["lasting", "entry", "warning"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: how strong it is, and what it says when it fails (None: passed)."""

    force: Force
    test: Callable[[Question, Value, Dialogue, date], Words | None]
    reads: tuple[str, ...] = ()  # questions of other dialogues: see Dialogue.elsewhere
    registers: tuple[str, ...] = ()  # kinds of record: see Dialogue.register


BOT = Words(
    "A bot cannot hold this role. Choose a person.",
    "Un robot ne peut pas tenir ce rôle. Choisissez une personne.",
)


def _not_a_bot(question: Question, value: Value, dialogue: Dialogue, today: date) -> Words | None:
    return BOT if value in dialogue.facts.get("bots", ()) else None


def _arbiter_is_outside(question: Question, value: Value, dialogue: Dialogue, today: date) -> Words | None:
    if value in (dialogue.cast.holders.get("facilitator"), holder(dialogue, "coach")):
        return Words(
            "The arbiter cannot be the facilitator or the neutral coach. Choose somebody else.",
            "L’arbitre ne peut être ni l’animateur ni l’accompagnateur neutre. Choisissez quelqu’un d’autre.",
        )
    return None


def _arbiter_is_not_lead(question: Question, value: Value, dialogue: Dialogue, today: date) -> Words | None:
    if value == holder(dialogue, "lead"):
        return Words(
            "The arbiter and the lead are the same person. Possible, but debates then have no outside judge.",
            "L’arbitre et le pilote sont la même personne. "
            "C’est possible, mais plus personne d’extérieur ne tranche.",
        )
    return None


def _coach_is_neutral(question: Question, value: Value, dialogue: Dialogue, today: date) -> Words | None:
    if value in (holder(dialogue, "lead"), holder(dialogue, "sponsor"), holder(dialogue, "arbiter")):
        return Words(
            "The coach cannot be the lead, the sponsor, the arbiter or a respondent’s manager.",
            "L’accompagnateur neutre ne peut être ni pilote, ni sponsor, ni arbitre, "
            "ni responsable d’un répondant.",
        )
    return None


def _coach_is_in_team(question: Question, value: Value, dialogue: Dialogue, today: date) -> Words | None:
    """The coach is left out of what the team is asked."""
    if any(member.user == value for member in dialogue.cast.members):
        return Words(
            "This person is in the project team. As the neutral coach they will be asked no questions.",
            "Cette personne est dans l’équipe projet. Comme accompagnateur neutre, elle ne sera pas "
            "interrogée.",
        )
    return None


def _one_driver_one_approver(
    question: Question, value: Value, dialogue: Dialogue, today: date
) -> Words | None:
    """Exactly one driver, the lead, and one approver, the arbiter (SET13). A lead who is also the
    arbiter is listed once, as driver. Says nothing where parts in decisions are not asked."""
    if not any(column.key == "daci" for column in question.columns):
        return None
    lead, arbiter = holder(dialogue, "lead"), holder(dialogue, "arbiter")
    if [row["person"] for row in value if row.get("daci") == "driver"] != [lead]:
        return Words(
            "One person drives the work: the project lead, and nobody else.",
            "Une seule personne pilote le travail : le pilote du projet.",
        )
    approvers = [row["person"] for row in value if row.get("daci") == "approver"]
    if approvers != ([arbiter] if arbiter and arbiter != lead else []):
        return Words(
            "One person settles: the arbiter, and nobody else.",
            "Une seule personne tranche : l’arbitre.",
        )
    return None


def _three_functions(question: Question, value: Value, dialogue: Dialogue, today: date) -> Words | None:
    functions = {row.get("function") for row in value}
    if None in functions or len(functions) >= 3:
        return None
    return Words(
        "The team covers fewer than three functions. The customer’s whole path may not be seen.",
        "L’équipe couvre moins de trois fonctions. Tout le parcours client risque de ne pas être vu.",
    )


def _everybody_commits(question: Question, value: Value, dialogue: Dialogue, today: date) -> Words | None:
    """OBJ09 is "committed" only if every OBJ11 is yes or reserved, and there is one at least."""
    if value != "committed" or all_commit(dialogue):
        return None
    return Words(
        "Not everybody has committed yet (OBJ11). Choose “Written and shared”, or wait for their answers.",
        "Tout le monde ne s’est pas encore engagé (OBJ11). Choisissez « Écrits et partagés », "
        "ou attendez les réponses.",
    )


def all_commit(dialogue: Dialogue) -> bool:
    """Every answer to OBJ11 is yes or reserved, and somebody has answered."""
    answers = list(dialogue.facts.get("OBJ11", {}).values())
    return bool(answers) and all(answer in ("yes", "reserved") for answer in answers)


def _due_to_come(question: Question, value: Value, dialogue: Dialogue, today: date) -> Words | None:
    """The dates of the lines, unless they stood there before, are not past."""
    known = dialogue.answers.get(question.id)
    rows = known.value if known is not None and isinstance(known.value, list) else []
    keys = [column.key for column in question.columns if column.kind == "date"]
    before = [row.get(key) for row in rows if isinstance(row, dict) for key in keys]
    for number, row in enumerate(value, start=1):
        dates = [row[key] for key in keys if row.get(key)]
        if any(day not in before and date.fromisoformat(day) < today for day in dates):
            return Words(
                "Line {n}: this date is past. Choose today or later.",
                "Ligne {n} : cette date est passée. Choisissez aujourd’hui ou plus tard.",
            ).fill(n=number)
    return None


CHECKS: Mapping[str, Check] = {
    "not_a_bot": Check("entry", _not_a_bot),
    "arbiter_is_outside": Check("lasting", _arbiter_is_outside),
    "arbiter_is_not_lead": Check("warning", _arbiter_is_not_lead),
    "coach_is_neutral": Check("lasting", _coach_is_neutral),
    "coach_is_in_team": Check("warning", _coach_is_in_team),
    "one_driver_one_approver": Check("lasting", _one_driver_one_approver),
    "three_functions": Check("warning", _three_functions),
    "everybody_commits": Check("lasting", _everybody_commits),
    "due_to_come": Check("entry", _due_to_come),
    "to_come": Check("entry", plan_checks.to_come),
    "no_heading_above_30": Check("lasting", plan_checks.no_heading_above_30),
    "fixed_before_demonstrations": Check(
        "entry", plan_checks.fixed_before_demonstrations, registers=("vendor",)
    ),
    "stays_with_the_arbiter": Check("entry", plan_checks.stays_with_the_arbiter),
    "must_share": Check("warning", plan_checks.must_share),
    "vital_assumptions_are_tested": Check("lasting", plan_checks.vital_assumptions_are_tested),
    "tasks_follow_on": Check("lasting", plan_checks.tasks_follow_on, registers=("task",)),
    "goals_before_vendors": Check("warning", plan_checks.goals_before_vendors, reads=("OBJ09",)),
    "each_criterion_once": Check("lasting", plan_checks.each_criterion_once),
}


def failed(
    question: Question, value: Value, dialogue: Dialogue, *, force: tuple[Force, ...], today: date
) -> Words | None:
    """What the first failing check of `question` with one of these forces says; None if all pass.
    `value` is valid for its kind."""
    for name in question.checks:
        check = CHECKS[name]
        words = check.test(question, value, dialogue, today) if check.force in force else None
        if words is not None:
            return words
    return None
