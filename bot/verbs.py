"""The verbs of `/cadrage`: their names in both languages, who may use them, what they do.

Pure words: nothing is carried out here. Only verbs that work are listed.
"""

import difflib
import unicodedata
from dataclasses import dataclass

from bot.policy import Action, Actor, Allow, Thing, can
from bot.words.mrkdwn import unescape
from flows.order_line import MENTION
from flows.project import Project
from flows.words import Language, Words

NONE = Words.same("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One sub-command. `name` is what is printed in each language; all spellings are accepted."""

    key: str
    name: Words
    does: Words
    action: Action
    arguments: Words = NONE


VERBS: tuple[Verb, ...] = (
    Verb(
        key="todo",
        name=Words(en="todo", fr="afaire"),
        does=Words(en="what waits for you", fr="ce qui vous attend"),
        action="help.read",
    ),
    Verb(
        key="status",
        name=Words(en="status", fr="etat"),
        does=Words(
            en="progress, phase and records, in counts", fr="avancement, phase et registres, en nombres"
        ),
        action="project.read",
    ),
    Verb(
        key="team",
        name=Words(en="team", fr="equipe"),
        does=Words(en="who holds which role", fr="qui tient quel rôle"),
        action="team.read",
    ),
    Verb(
        key="new",
        name=Words(en="new", fr="nouveau"),
        does=Words(en="start a project", fr="commencer un projet"),
        action="project.create",
        arguments=Words(en="[name]", fr="[nom]"),
    ),
    Verb(
        key="plan",
        name=Words(en="plan", fr="plan"),
        does=Words(en="what is sent when, week by week", fr="ce qui part et quand, semaine par semaine"),
        action="project.read",
    ),
    Verb(
        key="calendar",
        name=Words(en="calendar", fr="calendrier"),
        does=Words(en="what comes when, and why", fr="ce qui vient, quand et pourquoi"),
        action="project.read",
    ),
    Verb(
        key="dialogue",
        name=Words(en="dialogue", fr="dialogue"),
        does=Words(
            en="send questions to those concerned", fr="envoyer des questions aux personnes concernées"
        ),
        action="dialogue.send",
        arguments=Words(en="D04 [@people] [by 30/11]", fr="D04 [@personnes] [avant le 30/11]"),
    ),
    Verb(
        key="diag",
        name=Words(en="diag", fr="diag"),
        does=Words(en="verdict, the four families, advice", fr="verdict, les quatre familles, conseils"),
        action="diagnosis.read",
    ),
    Verb(
        key="digest",
        name=Words.same("digest"),
        does=Words(en="the sponsor’s weekly digest", fr="le digest hebdomadaire du sponsor"),
        action="digest.read",
        arguments=Words(en="[preview]", fr="[apercu]"),
    ),
    Verb(
        key="arbitrate",
        name=Words(en="arbitrate", fr="arbitrage"),
        does=Words(en="what is to be settled, and by whom", fr="ce qui est à trancher, et par qui"),
        action="arbitration.read",
        arguments=Words.same("[ISS-4]"),
    ),
    Verb(
        key="workshop",
        name=Words(en="workshop", fr="atelier"),
        does=Words(en="prepare and run a workshop", fr="préparer et animer un atelier"),
        action="workshop.read",
        arguments=Words.same("[W06]"),
    ),
    Verb(
        key="decision",
        name=Words(en="decision", fr="decision"),
        does=Words(en="record a decision", fr="noter une décision"),
        action="record.make",
        arguments=Words(en="[in one line]", fr="[en une ligne]"),
    ),
    Verb(
        key="issue",
        name=Words(en="issue", fr="question"),
        does=Words(en="record an open issue", fr="noter une question ouverte"),
        action="record.make",
        arguments=Words(en="[in one line]", fr="[en une ligne]"),
    ),
    Verb(
        key="risk",
        name=Words(en="risk", fr="risque"),
        does=Words(en="record a risk", fr="noter un risque"),
        action="record.make",
        arguments=Words(en="[in one line]", fr="[en une ligne]"),
    ),
    Verb(
        key="assumption",
        name=Words(en="assumption", fr="hypothese"),
        does=Words(en="record an assumption", fr="noter une hypothèse"),
        action="record.make",
        arguments=Words(en="[in one line]", fr="[en une ligne]"),
    ),
    Verb(
        key="action",
        name=Words(en="action", fr="action"),
        does=Words(en="record an action", fr="noter une action"),
        action="record.make",
        arguments=Words(en="[in one line]", fr="[en une ligne]"),
    ),
    Verb(
        key="win",
        name=Words(en="win", fr="avancee"),
        does=Words(en="tell a small step", fr="raconter un petit pas"),
        action="win.tell",
        arguments=Words(en="[in one line]", fr="[en une ligne]"),
    ),
    Verb(
        key="initiative",
        name=Words.same("initiative"),
        does=Words(en="tell what you tried, however small", fr="dire ce que vous avez essayé"),
        action="win.tell",
        arguments=Words(en="[in one line]", fr="[en une ligne]"),
    ),
    Verb(
        key="note",
        name=Words(en="note", fr="note"),
        does=Words(en="prepare the scoping note", fr="préparer la note de cadrage"),
        action="note.make",
        arguments=Words(en="[compare n]", fr="[comparer n]"),
    ),
    Verb(
        key="doc",
        name=Words.same("doc"),
        does=Words(en="a document as PDF, Word or text", fr="un document en PDF, Word ou texte"),
        action="document.read",
        arguments=Words.same("[DOC1 … DOC8]"),
    ),
    Verb(
        key="criteria",
        name=Words(en="criteria", fr="criteres"),
        does=Words(
            en="what platforms are judged on, and the weights",
            fr="sur quoi les plateformes sont jugées, et les poids",
        ),
        action="project.read",
    ),
    Verb(
        key="route",
        name=Words(en="route", fr="voie"),
        does=Words(
            en="what the facts propose: tender, prototype, direct choice",
            fr="ce que les faits proposent : consultation, prototype, choix direct",
        ),
        action="project.read",
    ),
    Verb(
        key="log",
        name=Words(en="log", fr="journal"),
        does=Words(en="find a decision, or any record", fr="retrouver une décision, ou tout ce qui est noté"),
        action="register.read",
        arguments=Words(en="[words] [state]", fr="[mots] [état]"),
    ),
    Verb(
        key="export",
        name=Words.same("export"),
        does=Words(en="take the records away as a file", fr="emporter ce qui est noté dans un fichier"),
        action="register.take",
    ),
    Verb(
        key="coach",
        name=Words(en="coach", fr="accompagnateur"),
        does=Words(en="a private way to the neutral coach", fr="un accès privé à l’accompagnateur neutre"),
        action="team.read",
    ),
    Verb(
        key="forget-me",
        name=Words(en="forget-me", fr="oublier"),
        does=Words(
            en="take your name out of past steps and tries",
            fr="retirer votre nom des petits pas et des essais passés",
        ),
        action="settings.change",
    ),
    Verb(
        key="pause",
        name=Words.same("pause"),
        does=Words(en="send nothing until a day", fr="ne rien envoyer jusqu’à une date"),
        action="plan.change",
    ),
    Verb(
        key="settings",
        name=Words(en="settings", fr="reglages"),
        does=Words(en="language, reminders, my data", fr="langue, rappels, mes données"),
        action="settings.change",
        arguments=Words.same("[fr | en]"),
    ),
    Verb(
        key="help",
        name=Words(en="help", fr="aide"),
        does=Words(en="this list, and the words we use", fr="cette liste, et les mots que nous employons"),
        action="help.read",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed after `/cadrage`: the verb's key ("" for nothing, None for no verb we
    know), the rest of the words, and the word as typed."""

    key: str | None
    word: str
    rest: tuple[str, ...]


SHORT_LINE = 3  # words; in a longer line a verb further on is probably part of a sentence


def fold(word: str) -> str:
    """Lower case without accents: « Réglages » and "reglages" are one verb."""
    plain = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


#: Other words people use for a verb, in either language.
ALSO = {
    "trancher": "arbitrate", "arbitrer": "arbitrate", "settle": "arbitrate", "resume": "pause",
    "reprise": "pause",
}  # fmt: skip
SPELLINGS: dict[str, str] = {
    fold(spelling): verb.key for verb in VERBS for spelling in (verb.name.en, verb.name.fr)
} | ALSO


def parse(text: str) -> Typed:
    """The verb comes first, or anywhere in a short line: "D02 dialogue" is understood too."""
    words = [word if MENTION.match(word) else unescape(word) for word in text.split()]
    if not words:
        return Typed(key="", word="", rest=())
    for at, word in enumerate(words[:1] if len(words) > SHORT_LINE else words):
        if key := SPELLINGS.get(fold(word)):
            return Typed(key=key, word=word, rest=(*words[:at], *words[at + 1 :]))
    return Typed(key=None, word=words[0], rest=tuple(words[1:]))


def nearest(word: str) -> Verb | None:
    """The verb somebody probably meant, or None when nothing is close."""
    found = difflib.get_close_matches(fold(word)[:40], SPELLINGS, n=1, cutoff=0.6)
    return verb(SPELLINGS[found[0]]) if found else None


def verb(key: str) -> Verb:
    """The verb with this key. Raises StopIteration for a key that is not in VERBS."""
    return next(each for each in VERBS if each.key == key)


def allowed(actor: Actor, project: Project | None) -> tuple[Verb, ...]:
    """The verbs this person may use, in the order help shows them (acceptance 5)."""
    thing = Thing(project=project)
    return tuple(each for each in VERBS if can(actor, each.action, thing) == Allow())


def usage(each: Verb, language: Language) -> str:
    """ "/cadrage dialogue D02", without explanation."""
    return f"/cadrage {each.name.in_(language)} {each.arguments.in_(language)}".strip()
