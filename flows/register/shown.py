"""A record in words: its state, and each of its fields with its name, never a code (0.7, 0.9).

What a line of a table has given is named by the columns of its question; what a recording adds is
named here. Does not say who may read it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flows.dates import short_date
from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Question, Value
from flows.dialogue.show import MOSCOW_WORDS, Names, cell_in_words, in_words, joined
from flows.register.life import LIFE, STATES
from flows.register.model import Kept
from flows.words import Words

Find = Callable[[str], Question | None]  # a question of the playbook, by its id

#: Kinds whose French name is feminine: their states agree with it.
FEMININE: frozenset[RecordKind] = frozenset({
    "decision", "issue", "action", "exclusion", "promise", "constraint", "assumption", "task",
    "interface", "vendor", "expectation",
})  # fmt: skip
MASCULINE: Mapping[str, Words] = {
    "resolved": Words("resolved", "résolu"),
    "dropped": Words("dropped", "abandonné"),
    "proposed": Words("proposed", "proposé"),
    "accepted": Words("accepted", "accepté"),
    "superseded": Words("replaced", "remplacé"),
    "withdrawn": Words("withdrawn", "retiré"),
    "done": Words("done", "terminé"),
}


def state(kind: RecordKind, status: str) -> Words | None:
    """The state in words; None for the kinds that have no life of their own and are not withdrawn."""
    if kind not in LIFE and status != "withdrawn":
        return None
    plain = STATES.get(status, Words.same(status))
    return plain if kind in FEMININE else MASCULINE.get(status, plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field as people read it. `key`: what it is kept under."""

    key: str
    name: Words
    value: Words


FAMILIES: Mapping[str, Words] = {
    "1": Words("Solution", "Solution"),
    "2": Words("Organisation and culture", "Organisation et culture"),
    "3": Words("People", "Humain"),
    "4": Words("Approach", "Démarche"),
}
LEVELS: Mapping[str, Words] = {
    "strategic": Words("strategic", "stratégique"),
    "operational": Words("operational", "opérationnel"),
}
METHODS: Mapping[str, Words] = {
    "consensus": Words("consensus", "consensus"),
    "vote": Words("vote", "vote"),
    "arbitration": Words("arbitration", "arbitrage"),
    "facilitator form": Words("noted in a form", "notée dans un formulaire"),
    "sponsor": Words("by the sponsor alone", "par le sponsor seul"),
}
AUTHORITIES: Mapping[str, Words] = {
    "sponsor": Words("sponsor", "sponsor"),
    "arbiter": Words("arbiter", "arbitre"),
    "lead": Words("project lead", "pilote du projet"),
    "facilitator": Words("facilitator", "animateur"),
    "expert": Words("external expert", "expert externe"),
    "coach": Words("neutral coach", "accompagnateur neutre"),
    "team": Words("project team", "équipe projet"),
    "committee": Words("management committee", "comité de direction"),
    "delegate": Words("delegate of the arbiter", "par délégation de l’arbitre"),
    "deputy": Words("standing in for the arbiter", "en remplacement de l’arbitre"),
}
TREATMENTS: Mapping[str, Words] = {
    "closely": Words("involve closely (W02, W05)", "associer de près (W02, W05)"),
    "meet": Words("the sponsor meets them", "le sponsor les rencontre"),
    "inform": Words("keep informed", "tenir informé"),
    "watch": Words("watch", "suivre de loin"),
}
RESOLUTIONS: Mapping[str, Words] = {
    "answered": Words("an answer was given", "une réponse a été donnée"),
    "no_longer_true": Words("it is no longer so", "ce n’est plus le cas"),
}
YES = Words("yes", "oui")
YES_NO: Mapping[str, Words] = {"yes": YES, "no": Words("no", "non")}
#: The most that each level of a risk may reach (0.7).
SCORES = (
    (4, Words("{n} (low)", "{n} (faible)")),
    (9, Words("{n} (medium)", "{n} (moyen)")),
    (14, Words("{n} (high)", "{n} (élevé)")),
    (25, Words("{n} (critical)", "{n} (critique)")),
)
#: What is kept for the bot, or said elsewhere on the page.
UNSAID = frozenset({
    "id", "settles", "topic", "printed_in", "replayed_in", "shown_in", "after_items", "future", "worth",
    "owner", "due", "pair",
})  # fmt: skip


def _of(words: Mapping[str, Words]) -> Callable[[Value, Find, Names], Words | None]:
    return lambda value, find, names: words.get(str(value))


def _text(value: Value, find: Find, names: Names) -> Words | None:
    return Words.same(str(value))


def _person(value: Value, find: Find, names: Names) -> Words | None:
    return Words.same(names.get(str(value), str(value)))


def _people(value: Value, find: Find, names: Names) -> Words | None:
    return joined([Words.same(names.get(str(user), str(user))) for user in value], ", ")


def _day(value: Value, find: Find, names: Names) -> Words | None:
    return short_date(date.fromisoformat(str(value)))


def _votes(value: Value, find: Find, names: Names) -> Words | None:
    """How the votes on a text were spread, without names."""
    counted = [(point, n) for point, n in sorted(value.items()) if n]
    return Words(
        " · ".join(f"{point}: {n}" for point, n in counted),
        " · ".join(f"{point} : {n}" for point, n in counted),
    )


def _flag(value: Value, find: Find, names: Names) -> Words | None:
    return YES if value else None


def _score(value: Value, find: Find, names: Names) -> Words | None:
    found = next((words for most, words in SCORES if value <= most), SCORES[-1][1])
    return found.fill(n=value)


def _as(question: str) -> Callable[[Value, Find, Names], Words | None]:
    """As the answer to this question is read."""

    def shown(value: Value, find: Find, names: Names) -> Words | None:
        asked = find(question)
        kept = int(value) if asked is not None and asked.kind in ("scale5", "number") else value
        return in_words(asked, kept, names) if asked is not None else Words.same(str(value))

    return shown


def _grid(value: Value, find: Find, names: Names) -> Words | None:
    """What was shown for each criterion (VEN07)."""
    asked = find("VEN07")
    lines = []
    for row in value.values():
        if asked is not None:
            lines.append(
                joined([cell_in_words(asked, c, row, names) for c in asked.columns if row.get(c.key)], " · ")
            )
    return joined(lines, "\n") if lines else None


def _outcome(value: Value, find: Find, names: Names) -> Words | None:
    """How a point was settled: by the bot, or in somebody's words."""
    return RESOLUTIONS.get(str(value)) or Words.same(str(value))


Shown = Callable[[Value, Find, Names], Words | None]
#: What recordings add, in the order it is read.
FIXED: Mapping[str, tuple[Words, Shown]] = {
    "question": (Words("Question", "Question"), _text),
    "context": (Words("Context", "Contexte"), _text),
    "options": (Words("Options considered", "Options envisagées"), _text),
    "reason": (Words("Because", "Parce que"), _text),
    "loss": (Words("We accept to lose", "On accepte de perdre"), _text),
    "minority": (Words("Minority view", "Avis minoritaire"), _text),
    "override_reason": (
        Words("Signed against the verdict because", "Signé contre le verdict parce que"), _text,
    ),
    "decided_by": (Words("Decided by", "Décidé par"), _person),
    "authority": (Words("As", "En tant que"), _of(AUTHORITIES)),
    "method": (Words("How", "Comment"), _of(METHODS)),
    "distribution": (Words("Votes, from 0 to 5", "Voix, de 0 à 5"), _votes),
    "workshop": (Words("Workshop and step", "Atelier et étape"), _text),
    "date": (Words("Noted on", "Notée le"), _day),
    "demonstrated_on": (Words("First demonstration", "Première démonstration"), _day),
    "reversible": (Words("Can be undone", "Réversible"), _of(YES_NO)),
    "review_date": (Words("To be reviewed on", "À revoir le"), _day),
    "reviewed_on": (Words("Reviewed on", "Revue le"), _day),
    "months": (Words("For how many months", "Pendant combien de mois"), _text),
    "detail": (Words("In full", "En entier"), _text),
    "text": (Words("In full", "En entier"), _text),
    "cause": (Words("In full", "En entier"), _text),
    "changes": (Words("What changes", "Ce qui change"), _as("VEN05a")),
    "session": (Words("Vendor session", "Rencontre éditeur"), _text),
    "area": (Words("Area", "Domaine"), _as("PRO01")),
    "function": (Words("Function", "Fonction"), _text),
    "mechanism": (Words("What could set it off", "Ce qui pourrait le déclencher"), _text),
    "family": (Words("Family", "Famille"), _of(FAMILIES)),
    "likelihood": (Words("Likelihood", "Probabilité"), _as("ANX01d")),
    "impact": (Words("Impact", "Impact"), _as("ANX01d")),
    "score": (Words("Likelihood × impact", "Probabilité × impact"), _score),
    "sign": (Words("Early sign", "Signe avant-coureur"), _text),
    "response": (Words("Response", "Réponse"), _text),
    "blocking": (Words("Blocking", "Bloquante"), _flag),
    "if_nobody": (Words("If nobody decides", "Si personne ne décide"), _text),
    "resolution": (Words("Outcome", "Issue"), _outcome),
    "resolved_by": (Words("Settled by", "Réglée par"), _person),
    "importance": (Words("Importance", "Importance"), _as("ANX01d")),
    "evidence": (Words("Evidence we have", "Preuves dont on dispose"), _as("ANX01d")),
    "test": (Words("How to test it", "Comment la vérifier"), _text),
    "found": (Words("What was found", "Ce qui a été constaté"), _text),
    "serves": (Words("Serves", "Sert"), _text),
    "level": (Words("Level", "Niveau"), _of(LEVELS)),
    "blocks": (Words("Lot it holds up", "Lot qu’il retient"), _text),
    "weight": (Words("Effect on the CRM", "Effet sur le CRM"), _as("ANX01d")),
    "stuck": (Words("Stuck, its owner says", "Bloqué, d’après son porteur"), _flag),
    "priority": (Words("Place on the board", "Place sur le tableau"), _of(MOSCOW_WORDS)),
    "effort": (Words("Size", "Taille"), _as("NEE03")),
    "must_reason": (Words("Why it is a must", "Pourquoi c’est indispensable"), _text),
    "group": (Words("Group", "Groupe"), _text),
    "treatment": (Words("How to involve them", "Comment les associer"), _of(TREATMENTS)),
    "attendees": (Words("Present", "Présents"), _people),
    "grid": (Words("What was shown", "Ce qui a été montré"), _grid),
    "shareable": (Words("Vendors may read it", "Lisible par les éditeurs"), _of(YES_NO)),
    "by": (Words("Said by", "Dit par"), _person),
}  # fmt: skip


CARRIED = Words("The text that was carried", "Le texte adopté")
RESTS_ON = Words("Rests on", "Repose sur")
TO_DECIDE = Words("To be decided by", "À décider par")
NOTED_BY = Words("Noted by", "Noté par")


def fields(kept: Kept, find: Find, names: Names) -> tuple[Field, ...]:
    """Every field that holds something, with its name: the columns of the line it comes from, in their
    order, then what recordings have added. What the title or the head of the page says already is
    left out, and so is what content no longer knows."""
    question = find(kept.source)
    shown = [
        *_choice(kept, question, names),
        *_columns(kept, question, names),
        *_added(kept, question, find, names),
    ]
    return tuple(one for one in shown if _unsaid(kept, one))


def chosen(kept: Kept, question: Question | None, names: Names) -> Words | None:
    """What was chosen, in words; None where the title says it."""
    return next((one.value for one in _choice(kept, question, names) if _unsaid(kept, one)), None)


def _unsaid(kept: Kept, one: Field) -> bool:
    """Whether the title or the head of the page does not say it already."""
    said = (kept.title.en, kept.title.fr, kept.due.isoformat() if kept.due else "")
    return one.value.en not in said and kept.fields.get(one.key) not in said


def _choice(kept: Kept, question: Question | None, names: Names) -> Iterable[Field]:
    """What was chosen, in the words of the question; the text that a workshop carried. Nothing where the
    title says it."""
    value = kept.fields.get("choice")
    if question is None or value in (None, ""):
        if value and kept.kind == "decision" and kept.source == kept.fields.get("workshop"):
            yield Field(key="choice", name=CARRIED, value=Words.same(str(value)))
        return
    column = next((c for c in question.columns if c.key == "position"), None)
    if column is not None:
        words = cell_in_words(question, column, {"position": value}, names)
        yield Field(key="choice", name=column.label, value=words)
    elif question.kind in ("single", "points100", "ranking", "multi", "moscow"):
        yield Field(key="choice", name=Words("Choice", "Choix"), value=in_words(question, value, names))


def _columns(kept: Kept, question: Question | None, names: Names) -> Iterable[Field]:
    """The cells of the line."""
    if question is None:
        return
    for column in question.columns:
        if kept.fields.get(column.key) not in (None, "", []) and column.key not in UNSAID:
            words = cell_in_words(question, column, kept.fields, names)
            yield Field(key=column.key, name=column.label, value=words)


def _named(kept: Kept, key: str) -> Words | None:
    """What a field is called where its usual name would say too much of this record; None: its usual name."""
    if key == "serves" and kept.kind != "action":
        return RESTS_ON
    if key == "decided_by" and kept.status == "proposed":
        return TO_DECIDE
    return NOTED_BY if key == "by" and not kept.source else None


def _added(kept: Kept, question: Question | None, find: Find, names: Names) -> Iterable[Field]:
    """What is named here and no column of the question is."""
    named = {column.key for column in question.columns} if question is not None else set()
    for key, (name, shown) in FIXED.items():
        value = kept.fields.get(key)
        if key in named or value in (None, "", [], {}):
            continue
        words = shown(value, find, names)
        if words is not None:
            yield Field(key=key, name=_named(kept, key) or name, value=words)
