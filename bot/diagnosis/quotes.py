"""One thing that a rule reads, as people may read it: an index, an answer, a group figure, how many records.

Nothing of an anonymous question but group figures "from 5 answers"; nothing restricted for the team; of
what people answer for themselves, nothing before its dialogue has closed: storage gives none of it
(storage/diagnosis_rows.py), and here stand neutral words in its place.
"""

from collections.abc import Iterable, Mapping

from bot.diagnosis import figures
from bot.diagnosis.picture import Picture, Reader
from bot.waves.results import BANDS
from bot.words.text import Wording
from flows.diagnosis.evidence import ChoiceTally, ScaleTally
from flows.dialogue.model import Question
from flows.dialogue.show import in_words
from flows.dialogue.visible import readable
from flows.wave import shown
from flows.wave.model import Sum
from flows.words import Words

FUNCTIONS: Mapping[str, Words] = {
    "marketing": Words("marketing", "marketing"),
    "sales": Words("sales", "vente"),
    "service": Words("after-sales", "service après-vente"),
    "it": Words("IT", "informatique"),
    "data": Words("data", "données"),
    "finance": Words("finance", "finance"),
    "hr": Words("HR", "RH"),
    "management": Words("management", "direction"),
    "other": Words("others", "autres"),
}


def strung(w: Wording, parts: Iterable[str]) -> str:
    """Several things in one line, each once."""
    return ("\u202f; " if w.language == "fr" else "; ").join(dict.fromkeys(part for part in parts if part))


def function(w: Wording, code: str) -> str:
    """A function in words."""
    return w.of(FUNCTIONS.get(code, Words.same(code)))


def read(w: Wording, picture: Picture, id: str, reader: Reader) -> str:
    """One thing a rule reads: an index, a question; "" for what says nothing by itself."""
    if id in figures.INDICES:
        return _index(w, picture, id, reader)
    question = picture.question(id)
    if question is None:
        return _fact(w, picture, id)
    if id in picture.evidence.anonymous:
        return _anonymous(w, picture, question)
    return _answer(w, picture, question) if readable(question, reader.roles) else ""


def later(w: Wording, picture: Picture, id: str) -> str:
    """In place of an answer that waits for the closing of its dialogue."""
    flow = picture.flows[picture.evidence.withheld[id]]
    return w("not shown until “{dialogue}” closes", dialogue=flow.title)


def _answer(w: Wording, picture: Picture, question: Question) -> str:
    """What was answered under a name, of a question the reader may read."""
    if question.id in picture.evidence.withheld:
        return w("{what}: {later}", what=question.short, later=later(w, picture, question.id))
    if question.id in picture.evidence.named:
        return _named(w, picture, question)
    return _form(w, picture, question)


def _index(w: Wording, picture: Picture, id: str, reader: Reader) -> str:
    value = {"COLLAB": picture.found.collab, "BPI": picture.found.bpi}[id]
    n = figures.answers(picture.evidence, id)
    name = w("collaboration culture") if id == "COLLAB" else w("weight of worries")
    if value is None:
        return w("{what}: not enough answers", what=name)
    hidden = figures.banded(picture.evidence, figures.INDICES[id])
    if hidden or (n < figures.MANY and not reader.full):
        return w("{what}, {n}", what=name, n=figures.from_answers(w, n))
    return w(
        "{what}: about {value} out of 100, {n}",
        what=name, value=figures.index(value, n), n=figures.from_answers(w, n),
    )  # fmt: skip


def _anonymous(w: Wording, picture: Picture, question: Question) -> str:
    kept = picture.evidence.anonymous[question.id]
    if isinstance(kept, ScaleTally):
        mean = figures.group_mean(w, kept.total / kept.n)
        if kept.banded:
            mean = w(BANDS[shown.band(Sum(kept.n, kept.total))])
        return w(
            "{what}: group mean {mean}, {n}",
            what=question.short, mean=mean, n=figures.from_answers(w, kept.n),
        )  # fmt: skip
    if isinstance(kept, ChoiceTally) and kept.named:
        named = w.listed(function(w, code) for code in kept.named)
        return w("{what}: {named} named by two in five or more", what=question.short, named=named)
    return ""


def _named(w: Wording, picture: Picture, question: Question) -> str:
    mean = picture.reading.mean(question.id) if question.kind == "scale5" else None
    if mean is not None:
        return w("{what}: mean {mean}", what=question.short, mean=figures.one_decimal(w, mean))
    value = picture.reading.value(question.id)
    return "" if value is None else _quoted(w, picture, question, value)


def _form(w: Wording, picture: Picture, question: Question) -> str:
    form = picture.reading.form(question.id)
    if form is None:
        return ""
    if not form.given:
        return w("{what}: no answer yet", what=question.short)
    if question.id == "CHG01":
        covered = {"some": w("some groups only"), "none": w("none of the groups"), "all": w("all groups")}
        return w("{what}: {answer}", what=question.short, answer=covered[form.value])
    return _quoted(w, picture, question, form.value)


def _quoted(w: Wording, picture: Picture, question: Question, value: object) -> str:
    answer = w.of(in_words(question, value, picture.names)).replace("\n", "; ")
    return w("{what}: “{answer}”", what=question.short, answer=answer)


def _fact(w: Wording, picture: Picture, id: str) -> str:
    """Records and facts: how many there are."""
    found = picture.evidence
    match id:
        case "LOT":
            return w.plural("{n} lot", "{n} lots", len(found.lots or ()))
        case "RSK":
            return w.plural("{n} risk", "{n} risks", len(found.risks or ()))
        case "VND":
            held = sum(session.held for session in found.sessions or ())
            return w.plural("{n} session held", "{n} sessions held", held)
        case "DOM":
            return w.plural("{n} kind of data", "{n} kinds of data", len(found.domains or ()))
        case "GAP":
            return w.plural("{n} gap", "{n} gaps", len(found.gaps or ()))
    return ""
