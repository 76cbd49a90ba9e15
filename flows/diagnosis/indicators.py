"""The indicators I1.1 to I4.6 (3.2): one function each. Weights are content; families are in `families`."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flows.diagnosis.evidence import Annex
from flows.diagnosis.figures import FULL, MISSING, Measure, average, blend
from flows.diagnosis.reading import Reading
from flows.diagnosis.tasks import Tasks, seen_before_goals
from flows.project import CHAIN

#: I2.5: what a supporting project is worth (D05, shared_followup).
IN_HAND, ADRIFT, NOT_SETTLED = 100.0, 30.0, 0.0
ANNEXES = tuple(f"ANX0{n}" for n in range(1, 7))
#: I4.1: points for each counterweight, and the most a project steered by IT can have.
COUNTERWEIGHT, IT_CAP = 25, 60
#: I4.3.
EXTERNAL, QUALITY, HALF = 50, 10, 0.5
WITHOUT_EXPERT = {"internal": 60.0, "searching": 30.0, "none": 0.0}
#: I4.4 and I3.4: points for each function of the chain, and for each thing managers will do.
FUNCTION, COMMITMENT = 25, 25
#: I4.6: value by number of whole-team sessions held, and the cap while R18 holds.
DISCOVERY, DISCOVERY_CAP = (0.0, 50.0, 100.0), 50.0


def annex_score(annex: Annex) -> Measure:
    """The score of one supporting project: with owner and date, or set aside with a reason, it is in hand."""
    match annex:
        case Annex(choice=None):
            return MISSING
        case Annex(choice="needed" | "later"):
            return Measure(IN_HAND if annex.owner and annex.due else ADRIFT, 1.0)
        case Annex(choice="not_needed", reason=True):
            return Measure(IN_HAND, 1.0)
    return Measure(NOT_SETTLED, 1.0)


def _complement(measure: Measure) -> Measure:
    return measure if measure.value is None else replace(measure, value=FULL - measure.value)


def _capped(measure: float) -> float:
    return min(FULL, measure)


def k1(r: Reading, t: Tasks) -> Measure:
    """I1.1 K1 settled."""
    return r.score("NEE11")


def k2(r: Reading, t: Tasks) -> Measure:
    """I1.2 K2 settled."""
    return r.score("NEE12")


def k3(r: Reading, t: Tasks) -> Measure:
    """I1.3 K3 settled."""
    return r.score("NEE13")


def k4(r: Reading, t: Tasks) -> Measure:
    """I1.4 K4 settled."""
    return r.score("NEE14")


def k5(r: Reading, t: Tasks) -> Measure:
    """I1.5 K5 settled."""
    return r.score("NEE15")


def market_known(r: Reading, t: Tasks) -> Measure:
    """I1.6 Knowledge of today's platforms."""
    return r.norm("NEE16")


def goals(r: Reading, t: Tasks) -> Measure:
    """I2.1 Goals written and understood."""
    return blend((0.6, r.score("OBJ09")), (0.4, r.norm("OBJ08")))


def processes(r: Reading, t: Tasks) -> Measure:
    """I2.2 Processes alive in daily work."""
    return average(r.norm("PRO05"), r.norm("PRO06"), r.norm("PRO08"))


def collaboration(r: Reading, t: Tasks) -> Measure:
    """I2.3 Collaboration culture: COLLAB."""
    return r.collab


def followed_at_the_top(r: Reading, t: Tasks) -> Measure:
    """I2.4 Cross-company project followed at the top."""
    return blend((0.6, r.score("SPO05")), (0.4, r.score("SPO04")))


def annexes(r: Reading, t: Tasks) -> Measure:
    """I2.5 Supporting projects in hand."""
    return average(*(annex_score(r.evidence.annexes.get(id, Annex())) for id in ANNEXES))


def light_worries(r: Reading, t: Tasks) -> Measure:
    """I3.1 Lightness of worries: 100 - BPI."""
    return _complement(r.bpi)


def worries_talked_about(r: Reading, t: Tasks) -> Measure:
    """I3.2 Worries are talked about."""
    return average(r.norm("BEL08"), r.score("CHG11"))


def incentives(r: Reading, t: Tasks) -> Measure:
    """I3.3 Incentives aligned."""
    return blend((0.6, r.score("INC03")), (0.4, r.score("INC02")))


def support(r: Reading, t: Tasks) -> Measure:
    """I3.4 Support planned: training, one-to-one, rhythm of news, what managers will do themselves."""
    own = r.ticked("CHG10")
    managers = MISSING if own is None else Measure(_capped(COMMITMENT * len(own)), 1.0)
    return average(r.score("CHG01"), r.score("CHG02"), r.score("CHG04"), managers)


def recognition(r: Reading, t: Tasks) -> Measure:
    """I3.5 Recognition and trust."""
    return average(r.norm("CHG08"), r.score("CHG07"), r.norm("BEL12"))


def dignified_exits(r: Reading, t: Tasks) -> Measure:
    """I3.6 Dignified exits prepared."""
    return r.score("CHG09")


def counterweights(r: Reading) -> Measure:
    """The first term of I4.1: 0 while nobody knows who steers, missing while SET08 or SET09 is."""
    steers, ticked = r.value("SET08"), r.ticked("SET09")
    if steers == "undecided":
        return Measure(0.0, 1.0)
    if steers is None or ticked is None:
        return MISSING
    return Measure(min(IT_CAP if steers == "it" else FULL, COUNTERWEIGHT * len(ticked)), 1.0)


def leadership(r: Reading, t: Tasks) -> Measure:
    """I4.1 Leadership with counterweights."""
    return blend((0.75, counterweights(r)), (0.25, r.norm("SET17")))


def sponsorship(r: Reading, t: Tasks) -> Measure:
    """I4.2 Sponsorship on paper and in deeds."""
    paper = ((0.30, r.score("SPO01")), (0.20, r.score("SPO04")))
    return blend(*paper, (0.25, r.norm("SPO06")), (0.25, r.norm("SPO07")))


def expertise(r: Reading, t: Tasks) -> Measure:
    """I4.3 Neutral expertise."""
    who = r.value("SET14")
    if who != "external":
        known = WITHOUT_EXPERT.get(who)
        return MISSING if known is None else Measure(known, 1.0)
    qualities = r.ticked("SET15")
    return Measure(EXTERNAL, HALF) if qualities is None else Measure(EXTERNAL + QUALITY * len(qualities), 1.0)


def chain_covered(r: Reading, t: Tasks) -> Measure:
    """I4.4 Team covers the chain: always has a value."""
    return Measure(float(FUNCTION * len(r.functions() & set(CHAIN))), 1.0)


def depth(r: Reading, t: Tasks) -> Measure:
    """I4.5 Depth of scoping: the mean of T1 to T7; always has a value."""
    return Measure(sum(t.values()) / len(t), 1.0)


def discovery(r: Reading, t: Tasks) -> Measure:
    """I4.6 Discovery with the whole team: always has a value."""
    held = sum(session.held and session.whole_team for session in r.evidence.sessions or ())
    value = DISCOVERY[min(held, len(DISCOVERY) - 1)]
    return Measure(min(value, DISCOVERY_CAP) if seen_before_goals(r) else value, 1.0)


INDICATORS: Mapping[str, Callable[[Reading, Tasks], Measure]] = {
    "I1.1": k1, "I1.2": k2, "I1.3": k3, "I1.4": k4, "I1.5": k5, "I1.6": market_known,
    "I2.1": goals, "I2.2": processes, "I2.3": collaboration, "I2.4": followed_at_the_top, "I2.5": annexes,
    "I3.1": light_worries, "I3.2": worries_talked_about, "I3.3": incentives, "I3.4": support,
    "I3.5": recognition, "I3.6": dignified_exits,
    "I4.1": leadership, "I4.2": sponsorship, "I4.3": expertise, "I4.4": chain_covered, "I4.5": depth,
    "I4.6": discovery,
}  # fmt: skip
#: The questions each indicator reads, to say what is missing.
READS: Mapping[str, tuple[str, ...]] = {
    "I1.1": ("NEE11",), "I1.2": ("NEE12",), "I1.3": ("NEE13",), "I1.4": ("NEE14",), "I1.5": ("NEE15",),
    "I1.6": ("NEE16",),
    "I2.1": ("OBJ09", "OBJ08"), "I2.2": ("PRO05", "PRO06", "PRO08"),
    "I2.3": tuple(f"COL0{n}" for n in range(1, 9)), "I2.4": ("SPO05", "SPO04"), "I2.5": ANNEXES,
    "I3.1": tuple(f"BEL0{n}" for n in range(1, 7)), "I3.2": ("BEL08", "CHG11"), "I3.3": ("INC03", "INC02"),
    "I3.4": ("CHG01", "CHG02", "CHG04", "CHG10"), "I3.5": ("CHG08", "CHG07", "BEL12"), "I3.6": ("CHG09",),
    "I4.1": ("SET08", "SET09", "SET17"), "I4.2": ("SPO01", "SPO04", "SPO06", "SPO07"),
    "I4.3": ("SET14", "SET15"), "I4.4": (), "I4.5": (), "I4.6": (),
}  # fmt: skip
#: Of these, those read by the score of the chosen option.
SCORED = (
    "NEE11", "NEE12", "NEE13", "NEE14", "NEE15", "OBJ09", "SPO05", "SPO04", "CHG11", "INC03", "INC02",
    "CHG01", "CHG02", "CHG04", "CHG07", "CHG09", "SPO01",
)  # fmt: skip
