"""When the rules of family 1 fire (3.7): the solution, R01 to R05."""

from flows.diagnosis.condition import Condition
from flows.diagnosis.figures import below
from flows.diagnosis.findings import Findings
from flows.diagnosis.model import Limits

CRITERIA = tuple(f"NEE1{n}" for n in range(1, 6))
NOT_WANTED = ("waived", "undecided")


def criterion_open(f: Findings, limits: Limits) -> bool:
    """R01: any of NEE11..NEE15 == undecided."""
    return any(f.reading.one_of(id, "undecided") for id in CRITERIA)


def old_generation(f: Findings, limits: Limits) -> bool:
    """R02: NEE11 in [waived, undecided] and NEE12 in [waived, undecided]."""
    return all(f.reading.one_of(id, *NOT_WANTED) for id in ("NEE11", "NEE12"))


def market_unseen(f: Findings, limits: Limits) -> bool:
    """R03: mean(NEE16) < 3."""
    return below(f.reading.mean("NEE16"), limits["below"])


def settings_wait(f: Findings, limits: Limits) -> bool:
    """R04: DAT06 in [it, integrator, undecided] or NEE14 in [waived, undecided]."""
    r = f.reading
    return r.one_of("DAT06", "it", "integrator", "undecided") or r.one_of("NEE14", *NOT_WANTED)


def product_blamed(f: Findings, limits: Limits) -> bool:
    """R05: SET02 in [replace, relaunch] and SET03 == [tool]."""
    return f.reading.one_of("SET02", "replace", "relaunch") and f.reading.value("SET03") == ["tool"]


SOLUTION = {
    "R01": Condition(reads=CRITERIA, fires=criterion_open),
    "R02": Condition(reads=("NEE11", "NEE12"), fires=old_generation),
    "R03": Condition(reads=("NEE16",), fires=market_unseen, limits=("below",)),
    "R04": Condition(reads=("DAT06", "NEE14"), fires=settings_wait),
    "R05": Condition(reads=("SET02", "SET03"), fires=product_blamed),
}
