"""The evidence of the rules that read more than an answer: records, distributions, dates, who is missing."""

from collections.abc import Callable, Mapping

from bot.diagnosis import figures
from bot.diagnosis.picture import Picture, Reader
from bot.diagnosis.quotes import function, read, strung
from bot.words.text import Wording
from flows.alignment import rated
from flows.diagnosis.evidence import Named
from flows.diagnosis.rules_approach import unattended
from flows.diagnosis.rules_organisation import RUSHING, adrift, discrediting
from flows.project import CHAIN, FRONT_OFFICE

#: Supporting projects of which only this is said: the one about people's pay and posts (R11, R12).
UNDER_REVIEW = "ANX03"
CRITERIA = ("NEE11", "NEE12", "NEE13", "NEE14", "NEE15")
Sight = Callable[[Wording, Picture, Reader], str]


def _rush(w: Wording, picture: Picture, reader: Reader) -> str:
    answers = picture.evidence.named.get("OBJ05", Named(expected=())).answers
    rushing = sum(value in RUSHING for value in answers.values())
    return w("{n} of {total} name a fashion or an order from above", n=rushing, total=len(answers))


def _annexes(w: Wording, picture: Picture, reader: Reader, *, unknown: bool) -> str:
    """The supporting projects concerned; the one about pay and posts only as under review."""
    said = []
    for id, annex in sorted(picture.evidence.annexes.items()):
        concerned = annex.choice == "unknown" if unknown else adrift(annex)
        question = picture.question(id)
        if concerned and question is not None:
            name = w.of(question.short)
            said.append(w("{what} (under review)", what=name) if id == UNDER_REVIEW else name)
    return w.listed(said)


def _areas(w: Wording, picture: Picture, reader: Reader) -> str:
    steps = picture.evidence.steps or {}
    missing = [area for area in FRONT_OFFICE if area not in steps or not steps[area].outside]
    return w("still to describe: {areas}", areas=w.listed(function(w, area) for area in missing))


def _gaps(w: Wording, picture: Picture, reader: Reader) -> str:
    limit = picture.model.rules["R21"].limits.get("severity", 4)
    unowned = sum(g.severity >= limit and not g.owner for g in picture.evidence.gaps or ())
    return w.plural("{n} serious gap without an owner", "{n} serious gaps without an owner", unowned)


def _goals(w: Wording, picture: Picture, reader: Reader) -> str:
    """R19: how goals are understood, the reservations, and who is far from whom."""
    said = [read(w, picture, "OBJ08", reader), read(w, picture, "OBJ07", reader)]
    if any(one.id == "OBJ08" for one in picture.found.contested):
        said.append(w("opinions are split"))
    reserved = picture.evidence.named.get("OBJ11", Named(expected=())).answers
    if n := sum(value == "not_yet" for value in reserved.values()):
        said.append(w.plural("{n} person does not commit yet", "{n} people do not commit yet", n))
    return strung(w, said)


def _pairs(w: Wording, picture: Picture, reader: Reader) -> str:
    decided = picture.evidence.decided or ()
    left = [one.id for one in picture.found.contested if one.id.startswith("ARB") and one.id not in decided]
    named = (picture.question(id) for id in left)
    return w.listed(w.of(question.short) for question in named if question is not None)


def _data(w: Wording, picture: Picture, reader: Reader) -> str:
    """R23."""
    limits = picture.model.rules["R23"].limits
    poor = sum(discrediting(domain, limits) for domain in picture.evidence.domains or ())
    return w.plural("{n} kind of data to look at", "{n} kinds of data to look at", poor)


def _unsettled(w: Wording, picture: Picture, reader: Reader) -> str:
    """R01: the criteria that are left open."""
    left = (picture.question(id) for id in CRITERIA if picture.reading.one_of(id, "undecided"))
    return w.listed(w.of(question.short) for question in left if question is not None)


def _dashboards(w: Wording, picture: Picture, reader: Reader) -> str:
    """R49: what the sponsor looks forward to, or who steers without a guide through the steps."""
    r = picture.reading
    wanted = ("SPO10",) if r.one_of("SPO10", "dashboards") else ()
    alone = ("SET08", "SET09") if r.one_of("SET08", "top") else ()
    return strung(w, (read(w, picture, id, reader) for id in (*wanted, *alone)))


def _path(w: Wording, picture: Picture, reader: Reader) -> str:
    """R62: the loop, the tasks without an owner, or that there is no chain yet."""
    found = picture.found
    if found.loop:
        return w("these tasks wait for one another: {tasks}", tasks=" → ".join(map(str, found.loop)))
    critical = found.critical_path.tasks if found.critical_path else ()
    unowned = [str(t.id) for t in picture.evidence.tasks or () if t.id in critical and not t.owner]
    if unowned:
        return w("without an owner on the critical path: {tasks}", tasks=w.listed(unowned))
    if not picture.evidence.tasks:
        return w("no key task is recorded yet")
    return w.plural("{n} key task so far", "{n} key tasks so far", len(picture.evidence.tasks))


def _risks(w: Wording, picture: Picture, reader: Reader) -> str:
    limits = picture.model.rules["R63"].limits
    loose = sum(unattended(risk, limits) for risk in picture.evidence.risks or ())
    return w.plural("{n} critical risk unattended", "{n} critical risks unattended", loose)


def _must(w: Wording, picture: Picture, reader: Reader) -> str:
    share = picture.found.must_share
    return (
        ""
        if share is None
        else w("must-haves are {share} of the effort", share=w.percent(figures.whole(share)))
    )


def _chain(w: Wording, picture: Picture, reader: Reader) -> str:
    held = picture.reading.functions()
    missing = [function(w, code) for code in CHAIN if code not in held]
    return w("nobody in the team from: {functions}", functions=w.listed(missing))


def _whole_team(w: Wording, picture: Picture, reader: Reader) -> str:
    held = sum(s.held and s.whole_team for s in picture.evidence.sessions or ())
    return w.plural("{n} session with the whole team", "{n} sessions with the whole team", held)


def _late(w: Wording, picture: Picture, reader: Reader) -> str:
    said = [read(w, picture, "SPO07", reader)]
    if (days := picture.evidence.facts.arbitration_days) is not None:
        n = int(days)
        said.append(
            w.plural(
                "a decision has waited for {n} working day", "a decision has waited for {n} working days", n
            )
        )
    return strung(w, said)


def _aligned(w: Wording, picture: Picture, reader: Reader) -> str:
    counts = picture.evidence.alignment
    if counts is None:
        return ""
    said = w("{n} of {total} read the note the same way", n=counts.aligned, total=rated(counts))
    return said if not counts.partly else strung(w, [said, w("{n} partly", n=counts.partly)])


def _left_out(w: Wording, picture: Picture, reader: Reader) -> str:
    limit = picture.model.rules["R69"].limits.get("family", 40) / 100
    few = [n for n, family in picture.found.families.items() if family.coverage < limit]
    return w.listed(w.of(picture.model.families[number]) for number in few)


def _dates(w: Wording, picture: Picture, reader: Reader) -> str:
    """R18."""
    dated = [session.date for session in picture.evidence.sessions or () if session.date is not None]
    shared = picture.evidence.facts.goals_shared_on
    if shared is None:
        return w("goals have not been shared yet")
    first = min(dated, default=shared)
    return w("first session on {day}, goals shared on {other}", day=w.day(first), other=w.day(shared))


def _felt(w: Wording, picture: Picture, reader: Reader) -> str:
    return w("paper and perception differ")


def _some_out(w: Wording, picture: Picture, reader: Reader) -> str:
    return w("some are not on board")


SIGHTS: Mapping[str, Sight] = {
    "R01": _unsettled,
    "R06": _rush,
    "R11": lambda w, picture, reader: _annexes(w, picture, reader, unknown=False),
    "R12": lambda w, picture, reader: _annexes(w, picture, reader, unknown=True),
    "R18": _dates,
    "R19": _goals,
    "R20": _areas,
    "R21": _gaps,
    "R23": _data,
    "R45": _some_out,
    "R49": _dashboards,
    "R54": _felt,
    "R55": _late,
    "R59": _chain,
    "R60": _must,
    "R62": _path,
    "R63": _risks,
    "R64": _pairs,
    "R65": _whole_team,
    "R67": _aligned,
    "R69": _left_out,
}
