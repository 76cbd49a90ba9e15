"""When the rules of family 3 fire (3.7): people, R24 to R46."""

from flows.diagnosis.condition import Condition, Test
from flows.diagnosis.evidence import ChoiceTally, ScaleTally
from flows.diagnosis.figures import at_least, below, within
from flows.diagnosis.findings import Findings
from flows.diagnosis.model import Limits


def strong_worries(f: Findings, limits: Limits) -> bool:
    """R24: BPI >= 60."""
    return at_least(f.reading.bpi.value, limits["from"])


def worries_present(f: Findings, limits: Limits) -> bool:
    """R25: 40 <= BPI < 60."""
    return within(f.reading.bpi.value, limits["low"], limits["high"])


def worry(item: str) -> Condition:
    """R26 to R31: mean(item) >= 3.5, worse from 4; or half a point more than in the wave before (5.1)."""

    def often(f: Findings, limits: Limits) -> bool:
        lately = f.reading.anonymous(item)
        rose = isinstance(lately, ScaleTally) and lately.rose
        return rose or at_least(f.reading.mean(item), limits["from"])

    def very_often(f: Findings, limits: Limits) -> bool:
        return at_least(f.reading.mean(item), limits["worse"])

    return Condition(reads=(item,), fires=often, limits=("from", "worse"), worse=very_often)


#: What C08 asks of people three weeks before a go-live.
TRAINING_AHEAD = ("C08a", "C08b")


def low(item: str) -> Test:
    """mean(item) < 3, for R33, R39, R41, R42 and R44."""

    def is_low(f: Findings, limits: Limits) -> bool:
        return below(f.reading.mean(item), limits["below"])

    return is_low


def left_to_time_or_rank(f: Findings, limits: Limits) -> bool:
    """R32: CHG11 in [fade, boss]."""
    return f.reading.one_of("CHG11", "fade", "boss")


def pay_against_sharing(f: Findings, limits: Limits) -> bool:
    """R34: INC02 == against."""
    return f.reading.one_of("INC02", "against")


def rewards_untouched(f: Findings, limits: Limits) -> bool:
    """R35: INC03 in [refused, not_discussed]."""
    return f.reading.one_of("INC03", "refused", "not_discussed")


def activity_paid(f: Findings, limits: Limits) -> bool:
    """R36: INC04 includes activity."""
    return "activity" in (f.reading.ticked("INC04") or ())


def nobody_neutral(f: Findings, limits: Limits) -> bool:
    """R37: CHG02 == none or SET16 empty."""
    return f.reading.one_of("CHG02", "none") or f.reading.empty("SET16")


def too_quiet(f: Findings, limits: Limits) -> bool:
    """R38: CHG04 in [fortnightly, monthly, none]."""
    return f.reading.one_of("CHG04", "fortnightly", "monthly", "none")


def nearly_silent(f: Findings, limits: Limits) -> bool:
    """R38, worse: monthly or none."""
    return f.reading.one_of("CHG04", "monthly", "none")


def training_unclear(f: Findings, limits: Limits) -> bool:
    """R39: training coverage in [some, none] or mean(CHG12) < 3; or a mean below 3 in C08 (5.1)."""
    ahead = any(low(id)(f, limits) for id in TRAINING_AHEAD)
    return f.reading.one_of("CHG01", "some", "none") or low("CHG12")(f, limits) or ahead


def managers_share_is_thin(f: Findings, limits: Limits) -> bool:
    """R40: count(CHG10 without none) < 2 or SPO09 empty."""
    return f.reading.fewer("CHG10", limits["commitments"]) or f.reading.empty("SPO09")


def steps_unnoticed(f: Findings, limits: Limits) -> bool:
    """R41: mean(CHG08) < 3 or CHG07 in [adhoc, none]."""
    return low("CHG08")(f, limits) or f.reading.one_of("CHG07", "adhoc", "none")


def unprotected(f: Findings, limits: Limits) -> bool:
    """R42: mean(BEL12) < 3 and CHG05 != signed."""
    return low("BEL12")(f, limits) and f.reading.other_than("CHG05", "signed")


def exits_unprepared(f: Findings, limits: Limits) -> bool:
    """R43: CHG09 in [no, refuse]."""
    return f.reading.one_of("CHG09", "no", "refuse")


def no_gain_seen(f: Findings, limits: Limits) -> bool:
    """R44: mean(BEL11) < 3 or CHG06 empty."""
    return low("BEL11")(f, limits) or f.reading.empty("CHG06")


def some_not_on_board(f: Findings, limits: Limits) -> bool:
    """R45: n(BEL09) >= 10 and count(BEL09 == out) >= 3; counts are kept from 10 answers only."""
    stand = f.reading.anonymous("BEL09")
    if not isinstance(stand, ChoiceTally) or stand.n < limits["answers"] or stand.counts is None:
        return False
    return stand.counts.get("out", 0) >= limits["out"]


def representatives_unheard(f: Findings, limits: Limits) -> bool:
    """R46: SET19 == FR and SET04 != lt50 and CHG13 not in [done, planned]."""
    r = f.reading
    large = r.one_of("SET19", "FR") and r.other_than("SET04", "lt50")
    return large and r.other_than("CHG13", "done", "planned")


PEOPLE = {
    "R24": Condition(reads=("BPI",), fires=strong_worries, limits=("from",)),
    "R25": Condition(reads=("BPI",), fires=worries_present, limits=("low", "high")),
    "R26": worry("BEL01"), "R27": worry("BEL02"), "R28": worry("BEL03"),
    "R29": worry("BEL04"), "R30": worry("BEL05"), "R31": worry("BEL06"),
    "R32": Condition(reads=("CHG11",), fires=left_to_time_or_rank),
    "R33": Condition(reads=("BEL08",), fires=low("BEL08"), limits=("below",)),
    "R34": Condition(reads=("INC02",), fires=pay_against_sharing),
    "R35": Condition(reads=("INC03",), fires=rewards_untouched),
    "R36": Condition(reads=("INC04",), fires=activity_paid),
    "R37": Condition(reads=("CHG02", "SET16"), fires=nobody_neutral),
    "R38": Condition(reads=("CHG04",), fires=too_quiet, worse=nearly_silent),
    "R39": Condition(reads=("CHG01", "CHG12"), fires=training_unclear, limits=("below",)),
    "R40": Condition(reads=("CHG10", "SPO09"), fires=managers_share_is_thin, limits=("commitments",)),
    "R41": Condition(reads=("CHG08", "CHG07"), fires=steps_unnoticed, limits=("below",)),
    "R42": Condition(reads=("BEL12", "CHG05"), fires=unprotected, limits=("below",)),
    "R43": Condition(reads=("CHG09",), fires=exits_unprepared),
    "R44": Condition(reads=("BEL11", "CHG06"), fires=no_gain_seen, limits=("below",)),
    "R45": Condition(reads=("BEL09",), fires=some_not_on_board, limits=("answers", "out")),
    "R46": Condition(reads=("SET19", "SET04", "CHG13"), fires=representatives_unheard),
}  # fmt: skip
