"""Sections N10 and N13 to N15 of the scoping note: sharing, people, rewards, the change plan.

Of anonymous answers only what may be published at that number of answers (5.3): never a figure below ten,
nothing below five, no rank.
"""

from collections.abc import Mapping

from flows.dates import short_date
from flows.diagnosis.figures import exact
from flows.dialogue.show import cell_in_words, in_words
from flows.document.blocks import DECIDED, answer, origin, origin_of_many
from flows.document.facts import Group, NoteFacts
from flows.document.missing import Find, Source, live, missing, shown
from flows.document.model import Block, Bullets, Missing, Paragraph, Section, Table
from flows.document.note_people import known_rules
from flows.document.note_rhythm import check_ins
from flows.playbook.model import Playbook
from flows.register.model import Kept
from flows.wave import reading
from flows.wave.model import PLENTY, ChoiceKept
from flows.wave.shown import at_least
from flows.words import Words

TOO_FEW = Words("Not published: fewer than 5 answers.", "Non publié : moins de 5 réponses.")
OPEN_UNTIL = Words("Open until {day}.", "Consultation en cours jusqu’au {day}.")
NEVER_ASKED = Words("⚠ To be completed — not asked yet.", "⚠ À compléter — pas encore demandé.")
BAND = Words("{band} (from {n} answers)", "{band} (à partir de {n} réponses)")
FIGURE = Words("{band}, {score}/100 (from {n} answers)", "{band}, {score}/100 (à partir de {n} réponses)")
NOT_HELD = Words(
    "⚠ Workshop W04, on what people feel, has not been held.",
    "⚠ L’atelier W04, sur ce que chacun ressent, n’a pas eu lieu.",
)
NO_CONDITION = Words(
    "Workshop W04 was held; no condition came out of it.",
    "L’atelier W04 a eu lieu ; aucune condition n’en est sortie.",
)
SAID_BY_SPONSOR = Words("The sponsor says", "Le sponsor dit")
BECAUSE = Words("Because", "Parce que")
#: What became of a condition (W04).
CONDITIONS: Mapping[str, Words] = {
    "asked": Words("not answered yet", "pas encore répondu"),
    "later": Words("not yet", "pas encore"),
    "granted": Words("yes", "oui"),
    "refused": Words("no", "non"),
}
NOT_ADDRESSED = Words("Not addressed.", "Non abordé.")
UNDER_REVIEW = Words("Under review.", "À l’étude.")
COACH = Words(
    "{name} is neutral, and reports to nobody. In Slack: /cadrage coach.",
    "{name} est neutre et ne rend compte à personne. Dans Slack : /cadrage coach.",
)


def unpublished(group: Group | None) -> Words:
    """Why nothing is said of an anonymous dialogue."""
    if group is None:
        return NEVER_ASKED
    return OPEN_UNTIL.fill(day=short_date(group.open_until)) if group.open_until else TOO_FEW


def sharing(playbook: Playbook, find: Find, facts: NoteFacts) -> Section:
    """N10: the index of collaboration as a band, and where sharing moves power, by function."""
    return Section(
        id="N10",
        title=Words("Collaboration and sharing rules", "Collaboration et règles du partage"),
        blocks=(
            _index(playbook, facts, "D06", Words("How information travels", "Comment l’information circule")),
            *_power(playbook, facts),
            *_rules(find, facts),
            answer(find("CHG05")),
            *known_rules(playbook, facts, ("R14", "R15")),
        ),
    )


def _index(playbook: Playbook, facts: NoteFacts, what: str, label: Words) -> Block:
    group = facts.groups.get(what)
    found = reading.index(what, group.kept if group is not None else {})
    if found is None:
        why = Words("{label}: {why}", "{label} : {why}").fill(label=label, why=unpublished(group))
        return Missing(words=why, question=what)
    band = playbook.diagnosis.band(exact(found.value)).words
    words = FIGURE if found.n >= PLENTY else BAND
    said = words.fill(band=band, score=int(found.value + 0.5), n=at_least(found.n))
    return Paragraph(words=said, label=label, origin=Words.same(what))


#: Where sharing takes power away, where it gives some (COL09, COL10).
POWER = ("COL09", "COL10")


def _power(playbook: Playbook, facts: NoteFacts) -> tuple[Block, ...]:
    group = facts.groups.get("D06")
    asked = {question.id: question for wave in playbook.waves.values() for question in wave.questions}
    blocks = []
    for id in POWER:
        tally = group.kept.get(id) if group is not None else None
        if isinstance(tally, ChoiceKept) and tally.n >= PLENTY and tally.named:
            items = tuple(option.label for option in asked[id].options if option.value in tally.named)
            said = origin_of_many(id, tally.n)
            blocks.append(Bullets(items=items, label=asked[id].short, origin=said))
    return tuple(blocks)


def _rules(find: Find, facts: NoteFacts) -> tuple[Block, ...]:
    """The rules of sharing that the team carried (W11), each on its line."""
    carried = (one for one in shown(find, facts, "decision") if one.source.startswith("W11."))
    return tuple(
        Bullets(
            items=tuple(Words.same(rule) for rule in str(one.fields["choice"]).splitlines() if rule.strip()),
            label=one.title,
            origin=DECIDED.fill(ref=one.ref),
        )
        for one in carried
        if one.status == "accepted" and str(one.fields.get("choice") or "").strip()
    )


def people(playbook: Playbook, find: Find, facts: NoteFacts) -> Section:
    """N13: what would help most, unranked; how to reach the coach. Never a figure, never a quotation."""
    return Section(
        id="N13",
        title=Words("People: conditions of success", "Facteur humain : conditions de réussite"),
        blocks=(
            *_conditions(facts),
            _help(playbook, facts),
            _coach(find),
            *known_rules(playbook, facts, ("R24", "R25", "R32")),
        ),
    )


def _conditions(facts: NoteFacts) -> tuple[Block, ...]:
    """The conditions of W04 with the sponsor's answers, never who asked; or that it was not held."""
    asked = [one for one in facts.records if one.fields.get("condition") and not one.restricted]
    if not asked:
        held = "W04" in facts.held
        return (Paragraph(words=NO_CONDITION),) if held else (Missing(words=NOT_HELD, question="W04"),)
    settled = {str(one.fields["settles"]) for one in asked if one.fields.get("settles")}
    rows = tuple(_condition(one) for one in asked if one.ref not in settled)
    head = (Words("Record", "Fiche"), Words("Condition", "Condition"), SAID_BY_SPONSOR, BECAUSE)
    return (Table(label=Words("What people need", "Ce dont chacun a besoin"), head=head, rows=rows),)


def _condition(one: Kept) -> tuple[Words, Words, Words, Words]:
    why = str(one.fields.get("reason") or one.fields.get("resolution") or "")
    said = CONDITIONS.get(str(one.fields["condition"]), CONDITIONS["asked"])
    return Words.same(one.ref), one.title, said, Words.same(why)


def _help(playbook: Playbook, facts: NoteFacts) -> Block:
    group = facts.groups.get("D07")
    label = Words("What would help most (in no order)", "Ce qui aiderait le plus (sans ordre)")
    asked = next(q for q in playbook.waves["D07"].questions if q.id == "BEL10")
    tally = group.kept.get("BEL10") if group is not None else None
    chosen = tally.top if isinstance(tally, ChoiceKept) else ()
    items = tuple(option.label for option in asked.options if option.value in chosen)
    if items and isinstance(tally, ChoiceKept):
        return Bullets(items=items, label=label, origin=origin_of_many("BEL10", tally.n))
    why = Words("{label}: {why}", "{label} : {why}").fill(label=label, why=unpublished(group))
    return Missing(words=why, question="BEL10")


def _coach(find: Find) -> Block:
    source = find("SET16")
    named = answer(source)
    if not source.given or not isinstance(named, Paragraph):
        return named
    said = COACH.fill(name=named.words)
    return Paragraph(words=said, label=source.question.short, origin=origin(source))


def rewards(find: Find) -> Section:
    """N14: what sponsor or HR have ticked, and nothing else; else only whether it is being looked at."""
    published = tuple(
        block for id in find("INC03").facts.outgoing.published for block in _published(find(id))
    )
    said = UNDER_REVIEW if find("INC03").asked is not None else NOT_ADDRESSED
    return Section(
        id="N14",
        title=Words("Rewards: what is decided", "Rétribution : ce qui est décidé"),
        blocks=published or (Paragraph(words=said),),
    )


def _published(source: Source) -> tuple[Block, ...]:
    """One answer about pay that may be read. Activity is no merit (R36), whoever has ticked it."""
    given = [answer.value for _, answer in source.rows if answer.given]
    value = (
        [each for each in given[0] if each != "activity"] if given and isinstance(given[0], list) else None
    )
    shown = value if value is not None else given[0] if given else None
    if not shown:
        return ()
    words = in_words(source.question, shown, {})
    return (Paragraph(words=words, label=source.question.short, origin=origin(source, len(given))),)


def change(playbook: Playbook, find: Find, facts: NoteFacts) -> Section:
    """N15: who is trained, told, thanked; CHG09 is not in it. Groups, never people's names beside them."""
    return Section(
        id="N15",
        title=Words("Change plan", "Plan d’accompagnement"),
        blocks=(
            lines(find, "CHG01", ("group", "topic", "format", "offset", "hours")),
            *_untrained(find, facts),
            lines(find, "CHG03", ("audience", "message", "channel", "rhythm", "first")),
            lines(find, "CHG06", ("group", "gives", "gains", "when")),
            *(answer(find(id)) for id in ("CHG02", "CHG04", "CHG07", "CHG13")),
            answer(find("CHG10")),
            answer(find("SPO09")),
            *check_ins(playbook),
        ),
    )


def lines(find: Find, id: str, keys: tuple[str, ...]) -> Block:
    """The rows of a form as a table, of which only these columns are shown."""
    source = find(id)
    if not source.given:
        return missing(source)
    columns = [column for column in source.question.columns if column.key in keys]
    rows = tuple(
        tuple(cell_in_words(source.question, column, row, source.facts.names) for column in columns)
        for row in source.given[0][1].value
    )
    head = tuple(column.label for column in columns)
    return Table(label=source.question.short, head=head, rows=rows, origin=origin(source))


def groups(text: str) -> list[str]:
    """The groups that a line names, one after the other."""
    return [name.strip() for name in text.replace(";", ",").split(",") if name.strip()]


def lot_groups(lot: Kept) -> str:
    """Whom a lot serves, as it was typed."""
    return str(lot.fields.get("groups") or "")


def _untrained(find: Find, facts: NoteFacts) -> tuple[Block, ...]:
    """Groups of the lots that no training names."""
    plan = find("CHG01")
    if not plan.given:
        return ()
    rows = plan.given[0][1].value
    trained = {name.casefold() for row in rows for name in groups(str(row.get("group") or ""))}
    named = {name.casefold(): name for lot in live(facts, "lot") for name in groups(lot_groups(lot))}
    left = [name for key, name in named.items() if key not in trained]
    said = Words("⚠ No training is planned for: {group}", "⚠ Aucune formation n’est prévue pour : {group}")
    return tuple(Missing(words=said.fill(group=name), question="CHG01") for name in left)
