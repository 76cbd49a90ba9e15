"""When the rules of family 4 fire (3.7): the approach, R47 to R69."""

from flows.alignment import share
from flows.diagnosis.condition import Condition
from flows.diagnosis.evidence import Risk, Session
from flows.diagnosis.figures import above, at_least, below
from flows.diagnosis.findings import Findings
from flows.diagnosis.gates import no_outside_judge
from flows.diagnosis.model import Limits
from flows.diagnosis.tasks import must_share, unowned
from flows.project import FRONT_OFFICE

EXPERT = ("k_customer", "k_tech", "no_vendor", "no_power", "equidistant")
SCOPING = "P1"


def it_steers(f: Findings, limits: Limits) -> bool:
    """R47: SET08 == it."""
    return f.reading.one_of("SET08", "it")


def business_without_it(f: Findings, limits: Limits) -> bool:
    """R48: SET08 == business and it_resource not in SET09."""
    return f.reading.one_of("SET08", "business") and f.reading.lacks("SET09", "it_resource")


def pull_of_dashboards(f: Findings, limits: Limits) -> bool:
    """R49: (SET08 == top and path_owner not in SET09) or SPO10 == dashboards."""
    r = f.reading
    alone = r.one_of("SET08", "top") and r.lacks("SET09", "path_owner")
    return alone or r.one_of("SPO10", "dashboards")


def nobody_steers(f: Findings, limits: Limits) -> bool:
    """R50: SET08 == undecided."""
    return f.reading.one_of("SET08", "undecided")


def few_counterweights(f: Findings, limits: Limits) -> bool:
    """R51: SET08 != undecided and count(SET09 without none) < 3."""
    r = f.reading
    return r.other_than("SET08", "undecided") and r.fewer("SET09", limits["counterweights"])


def one_angle(f: Findings, limits: Limits) -> bool:
    """R52: mean(SET17) < 3 (n >= 5)."""
    return below(f.reading.mean("SET17"), limits["below"])


def sponsorship_unofficial(f: Findings, limits: Limits) -> bool:
    """R53: SPO01 in [verbal, none]."""
    return f.reading.one_of("SPO01", "verbal", "none")


def no_sponsorship(f: Findings, limits: Limits) -> bool:
    """R53, worse: none."""
    return f.reading.one_of("SPO01", "none")


def backing_not_felt(f: Findings, limits: Limits) -> bool:
    """R54: SPO01 in [announced, written] and norm(SPO06) < 50."""
    r = f.reading
    return r.one_of("SPO01", "announced", "written") and below(r.norm("SPO06").value, limits["below"])


def decisions_late(f: Findings, limits: Limits) -> bool:
    """R55: mean(SPO07) < 3 or some arbitration pending > 5 working days."""
    late = above(f.evidence.facts.arbitration_days, limits["days"])
    return below(f.reading.mean("SPO07"), limits["below"]) or late


def nobody_settles(f: Findings, limits: Limits) -> bool:
    """R56: SET12 empty or SET12 == SET10."""
    return no_outside_judge(f.reading)


def no_expert(f: Findings, limits: Limits) -> bool:
    """R57: SET14 in [searching, none]."""
    return f.reading.one_of("SET14", "searching", "none")


def expert_lacks(f: Findings, limits: Limits) -> bool:
    """R58: SET14 == external and SET15 lacks any of the five qualities."""
    return f.reading.one_of("SET14", "external") and f.reading.lacks("SET15", *EXPERT)


def chain_broken(f: Findings, limits: Limits) -> bool:
    """R59: some of {marketing, sales, service, it} held by no member of `team` in SET13."""
    return bool(f.reading.missing_functions())


def too_many_musts(f: Findings, limits: Limits) -> bool:
    """R60: must_share > 60."""
    return above(must_share(f.evidence.needs), limits["above"])


def no_first_lot(f: Findings, limits: Limits) -> bool:
    """R61: no LOT or PLA06 in [gt6, undefined]."""
    none = f.evidence.lots is not None and not f.evidence.lots
    return none or f.reading.one_of("PLA06", "gt6", "undefined")


def pace_unknown(f: Findings, limits: Limits) -> bool:
    """R62: T3 == 0 or the tasks form a loop or some critical TSK has no owner."""
    tasks = f.evidence.tasks
    if tasks is None:
        return False
    return f.tasks["T3"] == 0 or bool(f.plan.loop) or unowned(tasks, f.plan)


def unattended(risk: Risk, limits: Limits) -> bool:
    """Open and critical, with no owner or no response."""
    critical = risk.status == "open" and risk.likelihood * risk.impact >= limits["score"]
    return critical and not (risk.owner and risk.response)


def risk_unattended(f: Findings, limits: Limits) -> bool:
    """R63: some RSK with status open and score >= 15 has no owner or no response."""
    return any(unattended(risk, limits) for risk in f.evidence.risks or ())


def open_tensions(f: Findings) -> tuple[str, ...]:
    """The contested pairs without a decision."""
    decided = f.evidence.decided or ()
    return tuple(pair.id for pair in f.pairs if pair.id not in decided)


def tension_open(f: Findings, limits: Limits) -> bool:
    """R64: some contested pair has no ARB10 decision."""
    return bool(open_tensions(f))


def whole_team_sessions(f: Findings) -> int:
    """Vendor sessions held to which the whole team was invited."""
    return sum(session.held and session.whole_team for session in f.evidence.sessions or ())


def little_discovery(f: Findings, limits: Limits) -> bool:
    """R65: phase == P1 and fewer than 2 whole-team vendor sessions held, even if D14 has not been sent."""
    return f.evidence.facts.phase == SCOPING and whole_team_sessions(f) < limits["sessions"]


def kept_to_a_few(f: Findings, session: Session, limits: Limits) -> bool:
    """A session held with too little of the team, or without one of its front-office functions."""
    if session.present is None:
        return False
    team = len(f.evidence.team)
    few = bool(team) and below(session.present / team * 100, limits["percent"])
    wanted = f.reading.functions() & set(FRONT_OFFICE)
    return few or (session.functions is not None and not wanted <= set(session.functions))


def two_truths(f: Findings, limits: Limits) -> bool:
    """R66: some VND session held had fewer than 60 % of the team present, or nobody from a front-office
    function that the team has."""
    return any(kept_to_a_few(f, session, limits) for session in f.evidence.sessions or ())


def alignment(f: Findings) -> float | None:
    """How far the note is read the same way (RTE12); None when no reading has been rated."""
    read = f.evidence.alignment
    return None if read is None else share(read)


def read_differently(f: Findings, limits: Limits) -> bool:
    """R67: alignment (RTE12) < 80."""
    return below(alignment(f), limits["below"])


def dragging_on(f: Findings, limits: Limits) -> bool:
    """R68: phase == P1 and days since SET18 > 90 and note not signed, whether D15 has been sent or not;
    silent while the sponsor's decision waits for the closing of D15, since nobody may know of it."""
    start = f.reading.value("SET18")
    if f.evidence.facts.phase != SCOPING or start is None:
        return False
    signed = f.reading.one_of("RTE13", "approve", "conditions") or "RTE13" in f.evidence.withheld
    return (f.evidence.today - start).days > limits["days"] and not signed


def left_aside(f: Findings, limits: Limits) -> tuple[int, ...]:
    """The families of which too little is known while enough is known of the whole."""
    if not at_least(f.coverage, limits["overall"]):
        return ()
    return tuple(number for number, family in f.families.items() if below(family.coverage, limits["family"]))


def family_left_aside(f: Findings, limits: Limits) -> bool:
    """R69: some family has coverage < 40 % while overall coverage >= 40 %."""
    return bool(left_aside(f, limits))


APPROACH = {
    "R47": Condition(reads=("SET08",), fires=it_steers),
    "R48": Condition(reads=("SET08", "SET09"), fires=business_without_it),
    "R49": Condition(reads=("SET08", "SET09", "SPO10"), fires=pull_of_dashboards),
    "R50": Condition(reads=("SET08",), fires=nobody_steers),
    "R51": Condition(reads=("SET08", "SET09"), fires=few_counterweights, limits=("counterweights",)),
    "R52": Condition(reads=("SET17",), fires=one_angle, limits=("below",)),
    "R53": Condition(reads=("SPO01",), fires=sponsorship_unofficial, worse=no_sponsorship),
    "R54": Condition(reads=("SPO01", "SPO06"), fires=backing_not_felt, limits=("below",)),
    "R55": Condition(reads=("SPO07", "ARBITRATION"), fires=decisions_late, limits=("below", "days")),
    "R56": Condition(reads=("SET12",), fires=nobody_settles),
    "R57": Condition(reads=("SET14",), fires=no_expert),
    "R58": Condition(reads=("SET14", "SET15"), fires=expert_lacks),
    "R59": Condition(reads=("SET13",), fires=chain_broken),
    "R60": Condition(reads=("REQ",), fires=too_many_musts, limits=("above",)),
    "R61": Condition(reads=("LOT", "PLA06"), fires=no_first_lot),
    "R62": Condition(reads=("TSK",), fires=pace_unknown),
    "R63": Condition(reads=("RSK",), fires=risk_unattended, limits=("score",)),
    "R64": Condition(reads=("TRD",), fires=tension_open),
    "R65": Condition(reads=("DISCOVERY",), fires=little_discovery, limits=("sessions",)),
    "R66": Condition(reads=("ATTENDANCE",), fires=two_truths, limits=("percent",)),
    "R67": Condition(reads=("RTE12",), fires=read_differently, limits=("below",)),
    "R68": Condition(reads=("SET18",), fires=dragging_on, limits=("days",)),
    "R69": Condition(reads=("COVERAGE",), fires=family_left_aside, limits=("family", "overall")),
}
