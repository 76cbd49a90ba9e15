"""The gates G1 to G5 (3.5): one function each, tested in the order not assessed, fail, condition, pass."""

from collections.abc import Callable, Collection, Mapping

from flows.diagnosis.figures import at_least, below, within
from flows.diagnosis.model import Limits
from flows.diagnosis.reading import COLLABORATION, NOBODY, Reading
from flows.diagnosis.result import Standing

NOT_IN_COMMON = ("one_function", "it", "undecided")


def collaboration(r: Reading, contested: Collection[str], limits: Limits) -> Standing:
    """G1 Collaboration."""
    answered = sum(r.cov(id) for id in COLLABORATION) / len(COLLABORATION)
    if r.collab.value is None or below(answered, limits["coverage"]):
        return "not_assessed"
    if below(r.collab.value, limits["fail"]):
        return "fail"
    return "condition" if within(r.collab.value, limits["fail"], limits["pass"]) else "pass"


def sponsorship(r: Reading, contested: Collection[str], limits: Limits) -> Standing:
    """G2 Sponsorship. "Nobody yet" fails whatever else is missing."""
    if r.one_of("SET11", NOBODY):
        return "fail"
    if r.value("SPO01") is None:
        return "not_assessed"
    if r.one_of("SPO01", "none"):
        return "fail"
    felt = at_least(r.norm("SPO06").value, limits["felt"]) and "SPO06" not in contested
    return "pass" if felt and not r.one_of("SPO01", "verbal") else "condition"


def company_project(r: Reading, contested: Collection[str], limits: Limits) -> Standing:
    """G3 Cross-company project."""
    if r.value("SPO05") is None:
        return "not_assessed"
    if r.one_of("SPO05", *NOT_IN_COMMON):
        return "fail"
    return "condition" if r.one_of("SPO05", "two_functions") else "pass"


def goals_first(r: Reading, contested: Collection[str], limits: Limits) -> Standing:
    """G4 Goals before tools."""
    if r.value("OBJ09") is None:
        return "not_assessed"
    if r.one_of("OBJ09", "none"):
        return "fail"
    return "condition" if r.one_of("OBJ09", "draft", "shared") or "OBJ08" in contested else "pass"


def someone_settles(r: Reading, contested: Collection[str], limits: Limits) -> Standing:
    """G5 Someone settles: never fails, always assessed."""
    return "condition" if no_outside_judge(r) else "pass"


def no_outside_judge(r: Reading) -> bool:
    """Nobody but the lead can close a debate (G5, R56)."""
    return r.empty("SET12") or (r.value("SET12") is not None and r.value("SET12") == r.value("SET10"))


GATES: Mapping[str, Callable[[Reading, Collection[str], Limits], Standing]] = {
    "G1": collaboration, "G2": sponsorship, "G3": company_project, "G4": goals_first, "G5": someone_settles,
}  # fmt: skip
#: The figures of content that each gate compares with.
LIMITS: Mapping[str, tuple[str, ...]] = {
    "G1": ("coverage", "fail", "pass"), "G2": ("felt",), "G3": (), "G4": (), "G5": (),
}  # fmt: skip
