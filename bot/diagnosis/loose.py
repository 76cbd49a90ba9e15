"""What a diagnosis leaves to be done: contested, missing, not read yet, better than last time, conditions."""

from bot.diagnosis.picture import Picture, Reader
from bot.diagnosis.quotes import strung
from bot.dialogue.labels import ROLES, TITLES
from bot.words.text import Wording
from flows.diagnosis.advice import headline
from flows.words import Words

#: What is listed in one line before "and more".
LISTED = 8


def contested(w: Wording, picture: Picture) -> str:
    """What people disagree on, and nothing has settled; of an anonymous item only that opinions are
    split."""
    said = []
    settled = picture.evidence.decided or ()
    for one in (*picture.found.contested, *picture.found.apart):
        if one.id in settled:
            continue
        question = picture.question(one.id)
        name = w.of(question.short) if question else one.id
        said.append(w("{what} (opinions are split)", what=name) if one.anonymous else name)
    return strung(w, said)


def distances(w: Wording, picture: Picture) -> str:
    """The families that people name as what explains the distance between hope and result (C09)."""
    families = picture.model.families
    return strung(w, (w.of(families[number]) for number in picture.evidence.distances))


def missing(w: Wording, picture: Picture) -> str:
    """What is still to be answered, by dialogue, and whose it is; of anonymous items only that there are
    not enough answers."""
    named: dict[str, str] = {}
    for id in picture.found.missing:
        flow = picture.flow_of(id)
        if flow is None:
            continue
        title = w.of(flow.title)
        if id in picture.model.anonymous:
            named.setdefault(f"{flow.id}?", w("{title}: not enough answers", title=title))
        else:
            named.setdefault(flow.id, w("{title} ({owner})", title=title, owner=_owner(w, picture, id)))
    shown = list(named.values())
    more = [w("and more")] if len(shown) > LISTED else []
    return strung(w, [*shown[:LISTED], *more])


def _owner(w: Wording, picture: Picture, question: str) -> str:
    asked = picture.question(question)
    roles = asked.audience.roles if asked else ()
    return w.listed(w(TITLES.get(role) or ROLES.get(role, role)) for role in roles)


def waiting(w: Wording, picture: Picture) -> str:
    """The dialogues of which people's own answers are not read yet, by name."""
    flows = dict.fromkeys(picture.evidence.withheld.values())
    return strung(w, (w.of(picture.flows[id].title) for id in flows))


def better(w: Wording, picture: Picture, reader: Reader) -> str:
    """The rules that no longer fire, by name: always shown if there is one."""
    rules = picture.model.rules
    closed = [id for id in picture.closed() if id in rules and reader.sees(rules[id])]
    return strung(w, (w("{rule} {what}", rule=id, what=headline(rules[id].words)) for id in closed))


def called(picture: Picture, id: str) -> Words:
    """A gate, a rule or an indicator by name."""
    model = picture.model
    if id in model.gates:
        return model.gates[id].words
    return headline(model.rules[id].words) if id in model.rules else model.indicators[id].words
