"""When the rules of family 2 fire (3.7): organisation and culture, R06 to R23."""

from flows.diagnosis.condition import Condition
from flows.diagnosis.evidence import Annex, ChoiceTally, Domain, Steps
from flows.diagnosis.figures import at_least, below, exact, mean, within
from flows.diagnosis.findings import Findings
from flows.diagnosis.gates import NOT_IN_COMMON
from flows.diagnosis.indicators import ANNEXES
from flows.diagnosis.model import Limits
from flows.diagnosis.tasks import seen_before_goals
from flows.project import FRONT_OFFICE

RUSHING = ("fashion", "order")


def headlong_rush(f: Findings, limits: Limits) -> bool:
    """R06: share(OBJ05, [fashion, order]) >= 0.30 or OBJ05 of the sponsor in [fashion, order]."""
    r = f.reading
    return at_least(r.share("OBJ05", *RUSHING), limits["share"]) or r.of_sponsor("OBJ05") in RUSHING


def selling_without_method(f: Findings, limits: Limits) -> bool:
    """R07: norm(PRO08) < 50."""
    return below(f.reading.norm("PRO08").value, limits["below"])


def processes_on_paper(f: Findings, limits: Limits) -> bool:
    """R08: norm(PRO05) < 50."""
    return below(f.reading.norm("PRO05").value, limits["below"])


def too_much_from_software(f: Findings, limits: Limits) -> bool:
    """R09: mean(OBJ07) >= 3.5."""
    return at_least(f.reading.mean("OBJ07"), limits["from"])


def hidden_reform(f: Findings, limits: Limits) -> bool:
    """R10: ANX08 == unofficial or (OBJ06 of the sponsor == no and ANX08 == no)."""
    r = f.reading
    pretext = r.of_sponsor("OBJ06") == "no" and r.one_of("ANX08", "no")
    return r.one_of("ANX08", "unofficial") or pretext


def adrift(annex: Annex) -> bool:
    """Needed, now or later, with no owner or no date."""
    return annex.choice in ("needed", "later") and not (annex.owner and annex.due)


def annex_adrift(f: Findings, limits: Limits) -> bool:
    """R11: any of ANX01..ANX06 in [needed, later] with no owner or no date."""
    return any(adrift(annex) for annex in f.evidence.annexes.values())


def annex_unknown(f: Findings, limits: Limits) -> bool:
    """R12: any of ANX01..ANX06 == unknown."""
    return any(annex.choice == "unknown" for annex in f.evidence.annexes.values())


def no_sharing(f: Findings, limits: Limits) -> bool:
    """R13: G1 fails."""
    return f.gates["G1"] == "fail"


def fragile_sharing(f: Findings, limits: Limits) -> bool:
    """R14: 35 <= COLLAB < 50."""
    return within(f.reading.collab.value, limits["low"], limits["high"])


def influence_shifts(f: Findings, limits: Limits) -> bool:
    """R15: mean(COL06) >= 3.5, or some function chosen in COL10 by >= 40 % of those who answered it
    (n >= 5); which ones is worked out at closing."""
    lose = f.reading.anonymous("COL10")
    named = isinstance(lose, ChoiceTally) and bool(lose.named)
    return at_least(f.reading.mean("COL06"), limits["from"]) or named


def one_departments_project(f: Findings, limits: Limits) -> bool:
    """R16: SPO05 in [one_function, it, undecided]."""
    return f.reading.one_of("SPO05", *NOT_IN_COMMON)


def goals_unwritten(f: Findings, limits: Limits) -> bool:
    """R17: OBJ09 in [none, draft]."""
    return f.reading.one_of("OBJ09", "none", "draft")


def product_before_goals(f: Findings, limits: Limits) -> bool:
    """R18: a vendor session, planned or held, before the goals were first shared."""
    return seen_before_goals(f.reading)


def goals_divide(f: Findings, limits: Limits) -> bool:
    """R19: OBJ08 contested, or any OBJ11 == not_yet, or |sponsor - team mean| >= 1.5 on OBJ07 or OBJ08."""
    reserved = f.reading.named("OBJ11")
    return (
        any(item.id == "OBJ08" for item in f.items)
        or (reserved is not None and "not_yet" in reserved.answers.values())
        or any(sponsor_is_far(f, id, limits["gap"]) for id in ("OBJ07", "OBJ08"))
    )


def sponsor_is_far(f: Findings, id: str, gap: float) -> bool:
    """|sponsor - team mean| >= gap on this item (3.4)."""
    sponsor, team = f.reading.of_sponsor(id), mean(f.reading.of_others(id))
    return sponsor is not None and team is not None and exact(abs(sponsor - team)) >= gap


def missing_areas(f: Findings) -> tuple[str, ...]:
    """The front-office areas without a described step, or of which no step says what changes outside."""
    steps = f.evidence.steps
    none = Steps(rows=0, outside=0)
    if steps is None:
        return ()
    return tuple(area for area in FRONT_OFFICE if not _complete(steps.get(area, none)))


def _complete(steps: Steps) -> bool:
    return steps.rows > 0 and steps.outside > 0


def path_incomplete(f: Findings, limits: Limits) -> bool:
    """R20: some front-office area has no PRO02 row, or none of its rows has 'outside' filled."""
    return bool(missing_areas(f))


def grave_gap_unowned(f: Findings, limits: Limits) -> bool:
    """R21: some GAP has severity >= 4 and no owner."""
    return any(gap.severity >= limits["severity"] and not gap.owner for gap in f.evidence.gaps or ())


def several_records(f: Findings, limits: Limits) -> bool:
    """R22: DAT02 in [several, none]."""
    return f.reading.one_of("DAT02", "several", "none")


def discrediting(domain: Domain, limits: Limits) -> bool:
    """Poor data moved as they are, or data without an owner."""
    poor = domain.quality is not None and domain.quality <= limits["quality"]
    return (poor and domain.move == "as_is") or not domain.owner


def poor_data(f: Findings, limits: Limits) -> bool:
    """R23: some DOM has (quality <= 2 and move == as_is) or has no owner."""
    return any(discrediting(domain, limits) for domain in f.evidence.domains or ())


ORGANISATION = {
    "R06": Condition(reads=("OBJ05",), fires=headlong_rush, limits=("share",)),
    "R07": Condition(reads=("PRO08",), fires=selling_without_method, limits=("below",)),
    "R08": Condition(reads=("PRO05",), fires=processes_on_paper, limits=("below",)),
    "R09": Condition(reads=("OBJ07",), fires=too_much_from_software, limits=("from",)),
    "R10": Condition(reads=("ANX08", "OBJ06"), fires=hidden_reform),
    "R11": Condition(reads=ANNEXES, fires=annex_adrift),
    "R12": Condition(reads=ANNEXES, fires=annex_unknown),
    "R13": Condition(reads=("COLLAB",), fires=no_sharing),
    "R14": Condition(reads=("COLLAB",), fires=fragile_sharing, limits=("low", "high")),
    "R15": Condition(reads=("COL06", "COL10"), fires=influence_shifts, limits=("from",)),
    "R16": Condition(reads=("SPO05",), fires=one_departments_project),
    "R17": Condition(reads=("OBJ09",), fires=goals_unwritten),
    "R18": Condition(reads=("VND", "OBJ09"), fires=product_before_goals),
    "R19": Condition(reads=("OBJ08", "OBJ11", "OBJ07"), fires=goals_divide, limits=("gap",)),
    "R20": Condition(reads=("PRO02",), fires=path_incomplete),
    "R21": Condition(reads=("GAP",), fires=grave_gap_unowned, limits=("severity",)),
    "R22": Condition(reads=("DAT02",), fires=several_records),
    "R23": Condition(reads=("DOM",), fires=poor_data, limits=("quality",)),
}
