"""What documents for vendors have in common: who we are, what we want, scenarios, what is to be completed.

Reads facts that may leave (flows/document/outside.py), so nothing in here has to be held back.
"""

from hashlib import sha256

from flows.dates import long_date
from flows.dialogue.show import NOTHING, in_words
from flows.document.blocks import RECORD, cell, line
from flows.document.facts import NoteFacts
from flows.document.missing import Find, Source, shown
from flows.document.model import Block, Bullets, Document, Missing, Paragraph, Section, Table, typed
from flows.document.outgoing import DATES, FORM, SHARED, TEXTS
from flows.document.sweep import marked
from flows.register.model import Kept
from flows.register.shown import AUTHORITIES
from flows.words import Words

TO_COMPLETE = Words("⚠ {what}: to be completed", "⚠ {what} : à compléter")
TO_CONFIRM = Words("to be confirmed", "à confirmer")
TOP = 3  # goals on the first page of a request for expressions of interest
ABOUT = Words("About the company", "L’entreprise")
GOALS = Words("What we want to reach", "Ce que nous voulons atteindre")
NO_GOAL = Words(
    "⚠ No goal is ticked as fit for vendors: nobody can answer a request without goals.",
    "⚠ Aucun enjeu n’est coché pour les éditeurs : personne ne peut répondre sans enjeux.",
)
NO_DATES = Words(
    "⚠ The dates of the consultation are not set.", "⚠ Les dates de la consultation ne sont pas fixées."
)
OVER = Words(
    "⚠ The day by which answers are due is past: nobody could answer.",
    "⚠ La date limite des réponses est passée : personne ne pourrait répondre.",
)
NAMED = Words(
    "⚠ Where questions go names somebody: vendors would not read it.",
    "⚠ L’endroit où poser les questions nomme quelqu’un : les éditeurs ne le liraient pas.",
)
NO_SCENARIO = Words("⚠ 2 scenarios to be written before sending.", "⚠ 2 scénarios à écrire avant l’envoi.")
SHOW_GAP = Words("Show how this would work: {gap}", "Montrez comment cela marcherait : {gap}")
SHOW_TARGET = Words("{gap} → {target}", "{gap} → {target}")
DRAFT = Words("DRAFT", "BROUILLON")
RED_LIGHT = Words("DRAFT — no go for now", "BROUILLON — feu rouge en cours")
VERSION = Words("Version {n}, {day}", "Version {n}, {day}")
BY = Words("{version}, prepared by: {author}", "{version}, établie par : {author}")
#: Roles that hand documents out, in the order they are looked for.
ROLES = ("lead", "facilitator", "sponsor", "arbiter")


def assembled(facts: NoteFacts, title: Words, notices: tuple[Words, ...], *sections: Section) -> Document:
    """A document with its version and who made it, by role."""
    version = VERSION.fill(n=facts.version, day=long_date(facts.today))
    held = (AUTHORITIES[role] for role in ROLES if facts.cast.holder(role) == facts.author)  # type: ignore[arg-type]
    author = next(held, None)
    return Document(
        title=title.fill(name=typed(facts.project.name)),
        version=version if author is None else BY.fill(version=version, author=author),
        notices=notices,
        changes=tuple(Words.same(change) for change in facts.changes),
        sections=sections,
    )


def marks(facts: NoteFacts, *, for_all: bool = False) -> tuple[Words, ...]:
    """The mark of a document of the route (7.1): the red light while it is on, else that of a draft until the
    sponsor has signed the note. `for_all`: the whole team reads it, so a verdict that those who lead read
    first shows in nothing (acceptance 29); until it is told, it is a draft."""
    judged = facts.judged
    if (judged.found is not None and judged.found.verdict == "NO_GO") or (judged.red and not for_all):
        return (RED_LIGHT,)
    return () if facts.signed is not None and not (judged.waits and for_all) else (DRAFT,)


def gap(source: Source, *, blocking: bool = False) -> Missing:
    """What is missing, without saying of whom it was asked."""
    return lacking(source.question.short, source.question.id, blocking=blocking)


def lacking(what: Words, question: str, *, blocking: bool = False) -> Missing:
    """The same of anything that has a name."""
    return Missing(words=TO_COMPLETE.fill(what=what), question=question, blocking=blocking)


def only(source: Source) -> Words:
    """The one answer of a form in words; a dash without."""
    return in_words(source.question, source.given[0][1].value, {}) if source.given else NOTHING


def said(source: Source) -> Block:
    """The one answer of a form, or that it is to be completed."""
    if not source.given:
        return gap(source)
    return Paragraph(words=only(source), label=source.question.short)


def waived(find: Find, criterion: str) -> bool:
    """Whether a criterion (NEE11 to NEE15) is set aside: then nothing of it is asked of anybody."""
    return any(given.value == "waived" for _, given in find(criterion).given)


def company(find: Find, facts: NoteFacts) -> tuple[Block, ...]:
    """TR01: the company in its own words, how many work there, how it sells."""
    text = facts.outgoing.texts.company
    about: Block = lacking(ABOUT, FORM + TEXTS) if text is None else Paragraph(words=own(text), label=ABOUT)
    return (about, said(find("SET04")), said(find("SET06")))


def own(text: Words) -> Words:
    """A text that somebody wrote in each language: typography leaves it as written."""
    return Words(str(typed(text.en)), str(typed(text.fr)))


def goals(find: Find, facts: NoteFacts, most: int = 0) -> Block:
    """The goals that are ticked; without one nothing can be issued."""
    found = shown(find, facts, "stake")
    if not found:
        return Missing(words=NO_GOAL, question=SHARED, blocking=True)
    found = found[:most] if most else found
    source = find("OBJ02")
    keys = ("title", "indicator", "target", "due")
    names = (Words("Goal", "Enjeu"), Words("How we will see it", "À quoi nous le verrons"),
             Words("Target", "Cible"), Words("By when", "Échéance"))  # fmt: skip
    rows = tuple((Words.same(one.ref), *(cell(source, one, key) for key in keys)) for one in found)
    return Table(label=GOALS, head=(RECORD, *names), rows=rows)


def top_gaps(find: Find, facts: NoteFacts) -> list[Kept]:
    """The gaps, the most serious first. How serious each is stays inside."""
    found = shown(find, facts, "gap")
    return sorted(found, key=lambda one: (-int(one.fields.get("severity") or 0), one.number))


def scenarios(find: Find, facts: NoteFacts) -> tuple[Words, ...]:
    """What vendors are asked to show (VEN01), each once, whoever was to see it first."""
    texts = (str(one.fields.get("scenarios") or "") for one in shown(find, facts, "vendor"))
    lines = [line.strip(" \t-•*–") for text in texts for line in text.splitlines()]
    first = {line.casefold(): line for line in reversed(lines)}
    return tuple(Words.same(line) for line in dict.fromkeys(first[each.casefold()] for each in lines) if line)


def to_show(find: Find, facts: NoteFacts, most: int) -> tuple[Words, ...]:
    """Scenarios made of the gaps: what is, and how it should work."""
    return tuple(SHOW_GAP.fill(gap=_aim(one)) for one in top_gaps(find, facts)[:most])


def _aim(record: Kept) -> Words:
    target = str(record.fields.get("target") or "")
    if not target:
        return line(record)
    return SHOW_TARGET.fill(gap=line(record), target=str(typed(target)))


def typed_texts(find: Find, facts: NoteFacts, id: str, most: int) -> tuple[Words, ...]:
    """What people wrote to a question or to its cases, each once: in an order that is the same in both
    languages and says nothing of who wrote what, nor when."""
    if find(id).withheld:
        return ()
    said = [
        (sha256(f"{key} {who}".encode()).digest(), str(given.value))
        for key, rows in facts.answers.items()
        if key.partition("@")[0] == id
        for who, given in rows
        if given.given
    ]
    texts = dict.fromkeys(text for _, text in sorted(said))
    return tuple(map(Words.same, texts))[:most]


def dates(facts: NoteFacts) -> tuple[Block, ...]:
    """TR14, RI06: the steps with their days, and where questions go."""
    when = facts.outgoing.dates
    if not when.complete or when.answers is None:
        return (Missing(words=NO_DATES, question=FORM + DATES, blocking=True),)
    if when.answers < facts.today:
        return (Missing(words=OVER, question=FORM + DATES, blocking=True),)
    if marked(when.channel):
        return (Missing(words=NAMED, question=FORM + DATES, blocking=True),)
    steps = (
        (Words("Questions until", "Questions jusqu’au"), when.questions),
        (Words("Answers until", "Réponses jusqu’au"), when.answers),
        (Words("Demonstrations from", "Démonstrations à partir du"), when.demonstrations),
        (Words("Decision by", "Décision au plus tard le"), when.decision),
    )
    rows = tuple((what, long_date(day)) for what, day in steps if day is not None)
    label = Words("Schedule", "Calendrier")
    where = Words("Where to ask questions", "Où poser vos questions")
    return (
        Table(label=label, head=(Words("Step", "Étape"), Words("Day", "Jour")), rows=rows),
        Paragraph(words=Words.same(when.channel), label=where),
    )


def listed(items: tuple[Words, ...], label: Words) -> Bullets:
    """A list under its name."""
    return Bullets(items=items, label=label)
