"""DOC5, sections DC03 to DC05: the options that were seen, what speaks for the choice, declared ties."""

from statistics import fmean

from flows.document import vendors
from flows.document.blocks import RECORD, line
from flows.document.claims import beside
from flows.document.facts import NoteFacts
from flows.document.missing import Find, Source, missing, shown
from flows.document.model import Block, Missing, Paragraph, Section, Table
from flows.document.outgoing import CHOICE, FORM
from flows.register.finding import fold
from flows.register.model import Kept
from flows.words import Words

FEW = 2  # options below which there is nothing to compare
FEWEST = 5  # people below whom no mean is told
ONE_OPTION = Words(
    "⚠ Fewer than 2 options were seen: a choice without a comparison cannot be explained.",
    "⚠ Moins de 2 options ont été vues : un choix sans comparaison ne s’explique pas.",
)
NO_REASON = Words(
    "⚠ {option}: why it is set aside is not written.",
    "⚠ {option} : il n’est pas écrit pourquoi elle est écartée.",
)
CHOSEN = Words("proposed", "proposée")
SEEN = Words("Seen working", "Vu en fonctionnement")
TOO_FEW = Words("⚠ {what}: not published, fewer than 5 answers", "⚠ {what} : non publié, moins de 5 réponses")
MEAN = Words("{mean} of 5, {n} answers", "{mean} sur 5, {n} réponses")
NOT_ASKED = Words("⚠ Nobody was asked about ties.", "⚠ Personne n’a été interrogé sur ses liens.")
NO_TIE = Words("None", "Aucun")
REFERENCES = Words("References called", "Références appelées")
ASKED = ("VEN03", "VEN04")


def options(find: Find, facts: NoteFacts) -> list[Kept]:
    """The sessions that were held."""
    return [one for one in shown(find, facts, "vendor") if one.fields.get("attendees")]


def set_aside(find: Find, facts: NoteFacts) -> Section:
    """DC03: each option that was seen, how much of it was shown, and why it is not the one; beside it what
    vendors claim."""
    found, made = options(find, facts), facts.outgoing.choice
    why = Words("Why it is set aside", "Pourquoi elle est écartée")
    head = (RECORD, Words("Option", "Option"), SEEN, why)
    chosen = {_vendor(one) for one in found if one.ref == made.chosen}
    rows = tuple(
        (Words.same(one.ref), one.title, _shown(one),
         CHOSEN if _vendor(one) in chosen else Words.same(made.aside.get(one.ref, "—")))
        for one in found
    )  # fmt: skip
    blocks: list[Block] = []
    if rows:
        blocks.append(Table(label=Words("Options", "Options"), head=head, rows=rows))
    blocks += beside(find, found, facts.claims)
    seen = {_vendor(one) for one in found}
    if len(seen) < FEW:
        blocks.append(Missing(words=ONE_OPTION, question="VEN01", blocking=True))
    blocks += [
        Missing(words=NO_REASON.fill(option=line(one)), question=FORM + CHOICE)
        for one in found
        if one.ref not in made.aside and _vendor(one) not in chosen
    ]
    title = Words(
        "Options examined and why they were set aside", "Options examinées et raisons de les écarter"
    )
    return Section(id="DC03", title=title, blocks=tuple(blocks))


def _vendor(session: Kept) -> str:
    """Whom it was with: two sessions with one vendor are one option."""
    return fold(str(session.fields.get("vendor") or session.title.en)).strip()


def _shown(option: Kept) -> Words:
    """How many of the five criteria were seen working (VEN07)."""
    grid = option.fields.get("grid") or {}
    seen = sum(row.get("level") == "seen" for row in grid.values())
    return Words("{n} of 5", "{n} sur 5").fill(n=seen) if grid else Words("not noted", "non noté")


def proof(find: Find, facts: NoteFacts) -> Section:
    """DC04: what users thought of it, from five answers on, and whom somebody has called."""
    made = facts.outgoing.choice
    chosen = next((one for one in options(find, facts) if one.ref == made.chosen), None)
    blocks: list[Block] = []
    if chosen is None:
        blocks.append(vendors.lacking(Words("Evidence", "Preuves"), FORM + CHOICE))
    else:
        blocks.append(Paragraph(words=_shown(chosen), label=SEEN))
        blocks += [_mean(find(id), facts, chosen) for id in ASKED]
    calls = made.references
    blocks.append(
        Paragraph(words=Words.same(calls), label=REFERENCES)
        if calls
        else vendors.lacking(REFERENCES, FORM + CHOICE)
    )
    title = Words("Evidence for the choice", "Preuves en faveur du choix")
    return Section(id="DC04", title=title, blocks=tuple(blocks))


def _mean(source: Source, facts: NoteFacts, chosen: Kept) -> Block:
    """The mean of one item for this session; nothing before everybody has answered, or below five."""
    if source.withheld:
        return missing(source.of(chosen.ref))
    rows = facts.answers.get(f"{source.question.id}@{chosen.ref}", ())
    given = [int(one.value) for _, one in rows if one.given]
    if len(given) < FEWEST:
        return Missing(words=TOO_FEW.fill(what=source.question.short), question=source.question.id)
    mean = f"{fmean(given):.1f}"
    said = MEAN.fill(mean=Words(mean, mean.replace(".", ",")), n=len(given))
    return Paragraph(words=said, label=source.question.short)


def ties(find: Find) -> Section:
    """DC05: of which nature, for each session; that nobody was asked is a warning."""
    facts = find("VEN08").facts
    rows: list[Block] = []
    for key in sorted(key for key in facts.answers if key.partition("@")[0] == "VEN08"):
        given = [one.value for _, one in facts.answers[key] if one.given]
        label = Words.same(key.partition("@")[2] or "VEN08")
        nature = [one.value for _, one in facts.answers.get(key.replace("VEN08", "VEN08a"), ()) if one.given]
        if given and not find("VEN08").withheld:
            told = Words.same(str(nature[0])) if nature else Words("Declared", "Déclaré")
            rows.append(Paragraph(words=told if given[0] == "yes" else NO_TIE, label=label))
    blocks = tuple(rows) or (Missing(words=NOT_ASKED, question="VEN08"),)
    return Section(id="DC05", title=Words("Declared ties", "Liens déclarés"), blocks=blocks)
