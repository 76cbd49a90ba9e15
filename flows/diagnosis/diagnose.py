"""The diagnosis of one project, from its evidence: the one door to everything in this package."""

from flows.diagnosis.evidence import Evidence
from flows.diagnosis.model import DiagnosisModel
from flows.diagnosis.result import Diagnosis


def diagnose(evidence: Evidence, model: DiagnosisModel) -> Diagnosis:
    """Read the evidence with the weights, thresholds and rules of `model` (section 3).

    Never raises on evidence, whatever is missing. Knows neither words nor names.
    """
    raise NotImplementedError
