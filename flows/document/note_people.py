"""Sections N05 and N06 of the scoping note: who steers, who backs."""

from flows.diagnosis.early import early
from flows.diagnosis.findings import examine
from flows.diagnosis.reading import Reading
from flows.diagnosis.rules import fired
from flows.dialogue.show import NOTHING, cell_in_words, in_words
from flows.document.blocks import answer, kept, origin
from flows.document.facts import NoteFacts
from flows.document.missing import Find, Source, missing
from flows.document.model import Block, Bullets, Missing, Paragraph, Section, Table
from flows.playbook.model import Playbook
from flows.words import Words

ARBITRATION = Words(
    "The arbiter decides at once if present, otherwise within 5 working days; a reason and what is given up "
    "are required, and the minority view is kept in its own words. If the arbiter is a party to the matter, "
    "the sponsor decides; if the sponsor is, the management committee does.",
    "L’arbitre tranche sur-le-champ s’il est présent, sinon sous 5 jours ouvrés ; la raison et ce que l’on "
    "abandonne sont exigés, et l’avis minoritaire est conservé dans ses mots. Si l’arbitre est partie "
    "prenante, le sponsor tranche ; si c’est le sponsor, le comité de direction.",
)
PROFILE = Words("This profile ({id})", "Ce profil ({id})")
CARD = (
    Words("Strengths", "Atouts"),
    Words("Blind spots", "Angles morts"),
    Words("Counterweights", "Contrepoids"),
)


RULE = Words("⚠ {rule}: {text}", "⚠ {rule} : {text}")


def rules(playbook: Playbook, find: Find, ids: tuple[str, ...]) -> tuple[Block, ...]:
    """The texts of those rules that fire, as conditions to see to: from answers alone, for what can be told
    before there is a diagnosis. Rules for a few roles are not among them."""
    read = ("SET08", "SET10", "SET12", "SPO01")
    answers = {id: find(id).given[0][1] for id in read if find(id).given}
    findings = examine(early(answers, find("SET13").facts.cast), playbook.diagnosis)
    firing = fired(findings, (playbook.rules[id] for id in ids))
    return tuple(said_rule(playbook, rule.id) for rule in firing)


def known_rules(playbook: Playbook, facts: NoteFacts, ids: tuple[str, ...]) -> tuple[Block, ...]:
    """The same of a diagnosis the team may read; nothing before there is one."""
    found = facts.judged.found
    firing = {rule.id for rule in found.rules} if found is not None else set()
    return tuple(said_rule(playbook, id) for id in ids if id in firing and not playbook.rules[id].seen_by)


def said_rule(playbook: Playbook, id: str) -> Missing:
    """The text of one rule."""
    return Missing(words=RULE.fill(rule=id, text=playbook.rules[id].words), question=id)


def steering(playbook: Playbook, find: Find) -> Section:
    """N05."""
    external = any(given.value == "external" for _, given in find("SET14").given)
    decided = any(given.value != "undecided" for _, given in find("SET08").given)
    blocks: tuple[Block, ...] = (
        answer(find("SET08")),
        *_card(find("SET08")),
        *((answer(find("SET09")),) if decided else ()),
        answer(find("SET10")),
        answer(find("SET11")),
        answer(find("SET12")),
        _team(find("SET13")),
        *_functions(find("SET13")),
        answer(find("SET14")),
        *((answer(find("SET15")),) if external else ()),
        answer(find("SET16")),
        *rules(playbook, find, ("R50", "R56", "R59")),
    )
    return Section(id="N05", title=Words("Steering, team, roles", "Pilotage, équipe, rôles"), blocks=blocks)


def _card(source: Source) -> tuple[Block, ...]:
    """The leader card of the chosen profile (LP0 to LP4)."""
    chosen = [given.value for _, given in source.given]
    said = Words("{head}: {text}", "{head} : {text}")
    return tuple(
        Bullets(
            items=tuple(
                said.fill(head=head, text=text)
                for head, text in zip(CARD, (card.strength, card.blind, card.guard), strict=True)
            ),
            label=PROFILE.fill(id=card.id),
        )
        for card in source.question.cards
        if card.value in chosen
    )


def _team(source: Source) -> Block:
    """Who takes what part in decisions, one line a person."""
    if not source.given:
        return missing(source)
    columns = source.question.columns
    rows = [
        tuple(cell_in_words(source.question, column, row, source.facts.names) for column in columns)
        for row in source.given[0][1].value
    ]
    head = tuple(column.label for column in columns)
    return Table(label=source.question.short, head=head, rows=tuple(rows), origin=origin(source))


def _functions(source: Source) -> tuple[Block, ...]:
    """The functions of the customer's path that nobody in the team holds."""
    if not source.given:
        return ()
    column = next(c for c in source.question.columns if c.key == "function")
    held = {option.value: option.label for option in column.options}
    lacking = Reading(early({}, source.facts.cast), {}).missing_functions()
    items = tuple(held.get(function, NOTHING) for function in lacking)
    label = Words("Missing functions", "Fonctions absentes")
    return (Bullets(items=items, label=label, origin=origin(source)),) if items else ()


def sponsorship(playbook: Playbook, find: Find) -> Section:
    """N06. Never the figures of SPO06 and SPO07, never C03."""
    return Section(
        id="N06",
        title=Words("Sponsorship and follow-up", "Portage et suivi"),
        blocks=(
            answer(find("SPO01")),
            kept(find("SPO03"), "commitment"),
            answer(find("SPO04")),
            _belongs(find("SPO05")),
            kept(find("SPO08"), "constraint"),
            Paragraph(words=ARBITRATION, label=Words("How disputes are settled", "Comment on tranche")),
            *rules(playbook, find, ("R53",)),
        ),
    )


def _belongs(source: Source) -> Block:
    """SPO05: the lower score counts when sponsor and lead differ, and it says that they do."""
    scores = {option.value: option.score or 0.0 for option in source.question.options}
    given = sorted((a.value for _, a in source.given), key=lambda value: (scores.get(value, 0.0), value))
    if not given:
        return missing(source)
    words = in_words(source.question, given[0], source.facts.names)
    return Paragraph(words=words, label=source.question.short, origin=origin(source))
