"""The named checks of needs, plan and vendors (D05, D11 to D14): `checks.py` lists them by name."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from flows.dialogue.cases import first_held
from flows.dialogue.model import Dialogue, Question, Value
from flows.dialogue.who import holder
from flows.register.tasks import links
from flows.words import Words

#: Most points a heading of the evaluation may have (NEE17), and most effort among the must-haves, in
#: percent (R60).
HEAVIEST, MUST_SHARE = 30, 60
#: An assumption this important with no better evidence than this is tested first (PLA03).
IMPORTANT, UNPROVEN = 4, 2


def to_come(question: Question, value: Value, dialogue: Dialogue, today: date) -> Words | None:
    """A date that is newly chosen is not past."""
    known = dialogue.answers.get(question.id)
    if date.fromisoformat(value) >= today or (known is not None and known.value == value):
        return None
    return Words(
        "This date is past. Choose today or later.",
        "Cette date est passée. Choisissez aujourd’hui ou plus tard.",
    )


def no_heading_above_30(question: Question, value: Value, dialogue: Dialogue, today: date) -> Words | None:
    """NEE17: no single heading above 30."""
    heavy = next((v for v, points in value.items() if points > HEAVIEST), None)
    if heavy is None:
        return None
    label = next(option.label for option in question.options if option.value == heavy)
    words = Words(
        "“{label}” has more than {most} points: share them with other headings.",
        "« {label} » a plus de {most} points : partagez-les avec d’autres rubriques.",
    )
    return words.fill(label=label, most=HEAVIEST)


def fixed_before_demonstrations(
    question: Question, value: Value, dialogue: Dialogue, today: date
) -> Words | None:
    """NEE17: once a vendor has shown something, weights that are fixed are the arbiter's to change, and it is
    said. A team that discovers the market first fixes its weights afterwards, and that is said too."""
    known = dialogue.answers.get(question.id)
    fixed = known is not None and known.given and known.value != value
    if not fixed or first_held(dialogue) is None or dialogue.writer == holder(dialogue, "arbiter"):
        return None
    return Words(
        "A vendor has been seen since: now only the arbiter changes the weights, with a reason "
        "(/cadrage criteria).",
        "Un éditeur a été vu entre-temps : seul l’arbitre change désormais les poids, avec une raison "
        "(/cadrage criteres).",
    )


def stays_with_the_arbiter(question: Question, value: Value, dialogue: Dialogue, today: date) -> Words | None:
    """RTE08: a route that the arbiter has decided is theirs to change, and nobody else's."""
    known, arbiter = dialogue.answers.get(question.id), holder(dialogue, "arbiter")
    decided = known is not None and known.given and known.value != value and known.author == arbiter
    if not decided or arbiter is None or dialogue.writer == arbiter:
        return None
    return Words(
        "The arbiter has decided the route: only they change it (/cadrage route). A new fact goes to them "
        "as an open point.",
        "L’arbitre a décidé de la voie : c’est à l’arbitre seul de la changer (/cadrage voie). Signalez-lui "
        "un fait nouveau par un point ouvert.",
    )


def effort(places: Mapping[str, str], dialogue: Dialogue) -> Mapping[str, int]:
    """The effort (NEE03) of the needs in each box of the board, as placed; needs without a size count
    for nothing."""
    found = Counter[str]()
    for ref, place in places.items():
        size = dialogue.answers.get(f"NEE03@{ref}")
        found[place] += int(size.value) if size is not None and size.given else 0
    return found


def share_of_musts(effort: Mapping[str, int]) -> float | None:
    """The part of the must-haves, in percent of all that is planned; None while no size is known."""
    total = sum(effort.get(place, 0) for place in "MSC")
    return effort.get("M", 0) * 100 / total if total else None


def must_share(question: Question, value: Value, dialogue: Dialogue, today: date) -> Words | None:
    """NEE02: more than 60 % of the effort in Must (R60). Says nothing while no size is known."""
    share = share_of_musts(effort(value, dialogue))
    if share is None or share <= MUST_SHARE:
        return None
    words = Words(
        "{share}% of the effort is in the must-haves; more than {most}% leaves no room. Go on?",
        "{share} % de l’effort est dans les indispensables ; au-delà de {most} %, il n’y a plus de marge. "
        "Continuer ?",
    )
    return words.fill(share=round(share), most=MUST_SHARE)


def vital_assumptions_are_tested(
    question: Question, value: Value, dialogue: Dialogue, today: date
) -> Words | None:
    """PLA03: what is important and unproven has a test, an owner and a date."""
    for number, row in enumerate(value, start=1):
        vital = row["importance"] >= IMPORTANT and row["evidence"] <= UNPROVEN
        if vital and not all(row.get(key) for key in ("test", "owner", "due")):
            return Words(
                "Line {n}: important and unproven. It needs a test, an owner and a date.",
                "Ligne {n} : importante et non prouvée. Il faut un test, un porteur et une date.",
            ).fill(n=number)
    return None


def tasks_follow_on(question: Question, value: Value, dialogue: Dialogue, today: date) -> Words | None:
    """PLA05: every task named under "after" exists, and none waits for itself."""
    found = links(value, dialogue.register.get("task", ()))
    if found.unknown:
        index, typed = found.unknown[0]
        return Words(
            "Line {n}: there is no task “{typed}”. Write its number (TSK-4) or its name.",
            "Ligne {n} : il n’y a pas de tâche « {typed} ». Écrivez son numéro (TSK-4) ou son nom.",
        ).fill(n=index + 1, typed=typed)
    if found.loop:
        chain = " → ".join(str(value[index]["task"]) for index in found.loop)
        return Words(
            "These tasks wait for one another: {chain}. Take one link away.",
            "Ces tâches s’attendent l’une l’autre : {chain}. Retirez un lien.",
        ).fill(chain=chain)
    return None


def goals_before_vendors(question: Question, value: Value, dialogue: Dialogue, today: date) -> Words | None:
    """VEN01: sessions are planned while the goals are not shared yet, or nobody has said (R18)."""
    if not value or dialogue.elsewhere.get("OBJ09") in ("shared", "committed"):
        return None
    return Words(
        "The goals are not shared yet. Looking at tools first turns the project around. Plan it anyway?",
        "Les objectifs ne sont pas encore partagés. Regarder les outils d’abord met le projet à l’envers. "
        "Planifier quand même ?",
    )


def each_criterion_once(question: Question, value: Value, dialogue: Dialogue, today: date) -> Words | None:
    """VEN07: one line for each of the five criteria."""
    if len({row["criterion"] for row in value}) == len(value):
        return None
    return Words("Each criterion has one line, K1 to K5.", "Chaque critère a une ligne, de K1 à K5.")
