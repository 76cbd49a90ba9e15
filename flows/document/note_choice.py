"""Sections N16 and N20 to N23 of the scoping note: needs, trade-offs, criteria, discovery, the route."""

from flows.dialogue.show import MOSCOW_WORDS, NOTHING, in_words
from flows.document.blocks import answer, line, origin, table, texts
from flows.document.facts import NoteFacts
from flows.document.missing import Find, Source, missing, shown
from flows.document.model import DIAGNOSIS, Block, Bullets, Missing, Paragraph, Section, Table
from flows.document.note_people import known_rules
from flows.document.spread import spreads
from flows.document.weights import settled_after
from flows.playbook.model import Playbook
from flows.register.model import Kept
from flows.route import RouteFacts, propose
from flows.signoff.model import OF_NOTE
from flows.words import Words

NOT_PLACED = Words("⚠ Board incomplete: {n} needs not placed", "⚠ Tableau incomplet : {n} besoins non placés")
ONE_NOT_PLACED = Words("⚠ Board incomplete: 1 need not placed", "⚠ Tableau incomplet : 1 besoin non placé")
MUST_SHARE = Words(
    "Must-haves make up {share}% of the effort of all that is kept.",
    "Les indispensables représentent {share} % de l’effort de tout ce qui est retenu.",
)
CRITERIA = tuple(f"NEE1{n}" for n in range(1, 6))
NO_DISCOVERY = Words(
    "⚠ No discovery session: needs were written without seeing the market.",
    "⚠ Aucune rencontre d’éditeur : les besoins ont été écrits sans voir le marché.",
)
NOT_CONTESTED = Words("No trade-off is contested.", "Aucun arbitrage n’est contesté.")
NOT_JUDGED = Words(
    "⚠ Which trade-offs are contested is not known: no diagnosis has been made yet.",
    "⚠ On ne sait pas encore quels arbitrages sont contestés : aucun diagnostic n’a été fait.",
)
NOT_TOLD = Words(
    "⚠ Which trade-offs are contested stands here a working day after a change of verdict: it is told to the "
    "sponsor and the project lead first.",
    "⚠ Les arbitrages contestés figurent ici un jour ouvré après un changement de verdict : il est d’abord "
    "annoncé au sponsor et au pilote du projet.",
)
UNSETTLED = Words(
    "❓ {pair}: opinions are split, and nobody has settled it — {name}",
    "❓ {pair} : les avis sont partagés, et personne n’a tranché — {name}",
)
UNDECIDED = Words("Route not decided", "Voie de choix non décidée")


def needs(find: Find, facts: NoteFacts) -> Section:
    """N16: the needs by their place on the board, with the reasons of the must-haves."""
    found, source = shown(find, facts, "need"), find("NEE01")
    left = [one for one in found if not one.fields.get("priority")]
    keys = ("title", "why", "function", "effort", "gap")
    tables = [
        table(source, placed, keys if place != "M" else (*keys, "must_reason"), MOSCOW_WORDS[place])
        for place in MOSCOW_WORDS
        if (placed := [one for one in found if one.fields.get("priority") == place])
    ]
    blocks: list[Block] = [*tables, *_share(found)]
    if not found:
        blocks.append(missing(source))
    if left:
        words = NOT_PLACED.fill(n=len(left)) if len(left) > 1 else ONE_NOT_PLACED
        label = Words("Not placed yet", "Pas encore placés")
        blocks += [Missing(words=words, question="NEE02"), table(source, left, keys, label)]
    title = Words("Needs, must-haves, priorities", "Besoins, indispensables, priorités")
    return Section(id="N16", title=title, blocks=tuple(blocks))


def _share(found: list[Kept]) -> tuple[Block, ...]:
    """How much of the effort the must-haves take; nothing before they are sized."""
    kept = [one for one in found if one.fields.get("priority") in ("M", "S", "C")]
    total = sum(int(one.fields.get("effort") or 0) for one in kept)
    if not total:
        return ()
    must = sum(int(one.fields.get("effort") or 0) for one in kept if one.fields["priority"] == "M")
    return (Paragraph(words=MUST_SHARE.fill(share=int(must * 100 / total + 0.5))),)


def tradeoffs(find: Find, facts: NoteFacts) -> Section:
    """N20: what the arbiter settled, with what is given up; and what people disagree on that nobody has."""
    source = find("ARB10")
    settled = [
        one
        for one in facts.records
        if one.kind == "tradeoff" and one.status == "decided" and not one.restricted and not _of_note(one)
    ]
    left = _left(find, facts, settled)
    return Section(
        id="N20",
        title=Words("Trade-offs settled", "Arbitrages rendus"),
        blocks=(
            *((_settled(source, settled),) if settled else ()),
            *left,
            *_none_left(find, facts, bool(settled or left)),
        ),
    )


def _none_left(find: Find, facts: NoteFacts, any_: bool) -> tuple[Block, ...]:
    """That nothing is contested, once the diagnosis says so; before, that it is not known."""
    asked, judged = find("ARB01"), facts.judged
    if not asked.given:
        return () if any_ else (missing(asked),)
    if judged.found is None:
        return (Missing(words=NOT_TOLD if judged.waits else NOT_JUDGED, question=DIAGNOSIS),)
    return () if any_ else (Paragraph(words=NOT_CONTESTED),)


def _of_note(one: Kept) -> bool:
    """Whether a version of the note itself was settled: that stands in N25, and changes nothing it says."""
    return str(one.fields.get("about", "")).startswith(OF_NOTE)


def _settled(source: Source, settled: list[Kept]) -> Block:
    return table(source, settled, ("pair", "position", "reason", "loss", "review"))


def _left(find: Find, facts: NoteFacts, settled: list[Kept]) -> tuple[Block, ...]:
    """The contested tensions without a decision, with the arbiter by name."""
    found = facts.judged.found
    done = {str(one.fields.get("pair")) for one in settled}
    open_ = [one.id for one in (found.contested if found else ()) if one.id.startswith("ARB")]
    arbiter = facts.cast.holder("arbiter") or ""
    name = facts.names.get(arbiter, arbiter) or Words("no arbiter is named", "aucun arbitre n’est désigné")
    return tuple(
        Missing(words=UNSETTLED.fill(pair=find(id).question.short, name=name), question=id)
        for id in open_
        if id not in done
    )


def criteria(playbook: Playbook, find: Find, facts: NoteFacts) -> Section:
    """N21: K1 to K5 with what to look at for each, and the weights."""
    head = (Words("Criterion", "Critère"), Words("Kept as", "Statut"), Words("Reason", "Raison"),
            Words("What to look at", "Ce qu’on regarde"), Words("From", "D’après"))  # fmt: skip
    rows = []
    for number, id in enumerate(CRITERIA, 1):
        source, reason = find(id), find(f"{id}a")
        looked = playbook.criteria.get(f"K{number}", ())
        checks = Words("; ".join(w.en for w in looked), " ; ".join(w.fr for w in looked))
        said = origin(source) if source.given else NOTHING
        rows.append((source.question.short, _only(source), _only(reason), checks, said))
    table_ = Table(label=Words("Solution criteria", "Critères de solution"), head=head, rows=tuple(rows))
    open_ = tuple(missing(find(id)) for id in CRITERIA if not find(id).given)
    return Section(
        id="N21",
        title=Words("Solution criteria and weights", "Critères de solution et pondération"),
        blocks=(
            table_,
            *open_,
            answer(find("NEE17")),
            *settled_after(facts.records),
            *known_rules(playbook, facts, ("R01",)),
        ),
    )


def _only(source: Source) -> Words:
    if not source.given:
        return NOTHING
    return in_words(source.question, source.given[0][1].value, source.facts.names)


def discovery(find: Find, facts: NoteFacts) -> Section:
    """N22: the sessions, what was shown, what it changed; ties that were declared."""
    source, found = find("VEN01"), shown(find, facts, "vendor")
    blocks: tuple[Block, ...] = (Missing(words=NO_DISCOVERY, question="VEN01"),)
    if found:
        sessions = table(source, found, ("title", "integrator", "date", "whole_team", "grid"))
        blocks = (sessions, *spreads(find, facts, found), texts(find("VEN05")), _ties(find, found))
    title = Words("What discovery taught us", "Ce que la découverte a appris")
    return Section(id="N22", title=title, blocks=blocks)


def _ties(find: Find, vendors: list[Kept]) -> Block:
    """Whether there is a tie with each vendor, and of which nature."""
    tie, nature = find("VEN08"), find("VEN08a")
    asked = [one for one in vendors if tie.of(one.ref).given]
    if not asked:
        return missing(tie)
    said = Words("{vendor}: {tie}", "{vendor} : {tie}")
    told = [nature.of(one.ref) if nature.of(one.ref).given else tie.of(one.ref) for one in asked]
    items = tuple(
        said.fill(vendor=line(one), tie=_only(source)) for one, source in zip(asked, told, strict=True)
    )
    return Bullets(items=items, label=tie.question.short, origin=origin(tie))


def route(find: Find, facts: NoteFacts) -> Section:
    """N23: the facts, what the table proposes on them, what was chosen, what comes next."""
    asked = ("RTE01", "RTE02", "RTE03", "RTE04", "RTE05")
    chosen = find("RTE08")
    decided: tuple[Block, ...] = (answer(chosen),)
    if chosen.asked is not None and not chosen.given:
        decided = (Missing(words=UNDECIDED, question="RTE08"), answer(chosen))
    actions = shown(find, facts, "action")
    next_ = (_actions(find, actions),) if actions else ()
    return Section(
        id="N23",
        title=Words("Route and next steps", "Voie de choix et suite"),
        blocks=(
            *(answer(find(id)) for id in asked),
            *_proposed(find, facts),
            *decided,
            answer(find("RTE07")),
            *next_,
        ),
    )


def _proposed(find: Find, facts: NoteFacts) -> tuple[Block, ...]:
    """The line of the table that fits; nothing before its first question is answered."""
    first = find("RTE01")
    if not first.given:
        return ()
    asked = ("RTE01", "RTE02", "RTE03", "RTE04", "RTE05")
    answers = {id: find(id).given[0][1].value for id in asked if find(id).given}
    settled = [find(id) for id in CRITERIA]
    undecided = sum(not one.given or one.given[0][1].value == "undecided" for one in settled)
    sessions = [one for one in shown(find, facts, "vendor") if one.fields.get("attendees") is not None]
    held = sum(one.fields.get("whole_team") == "yes" for one in sessions)
    known = RouteFacts(answers=answers, vendor_sessions=held, criteria_undecided=undecided)
    label = Words("What the facts propose", "Ce que proposent les faits")
    return (Paragraph(words=propose(first.flow.routes, known).words, label=label),)


def _actions(find: Find, actions: list[Kept]) -> Block:
    label = Words("Actions", "Actions")
    return table(find("RTE08"), actions, ("title", "owner", "due", "state"), label)
