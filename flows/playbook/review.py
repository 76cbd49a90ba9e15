"""What is wrong with content beyond its shape, in sentences: names nothing has, order, choices.

Each finding is a place in the file (a path of keys and indices) and a sentence.
"""

from collections.abc import Collection, Iterator

from flows.dialogue.cases import CASES
from flows.dialogue.checks import CHECKS
from flows.dialogue.effects import PREFIX
from flows.dialogue.fills import FILLS
from flows.dialogue.phrases import PHRASES
from flows.dialogue.predicates import PREDICATES
from flows.playbook.build import audience
from flows.playbook.expand import choices, expanded
from flows.playbook.schema import AskedText, FlowText, QuestionText, ScreenText, WordsText
from flows.project import SINGLE_ROLES
from flows.register.recordings import READS, RECORDINGS
from flows.route import TESTS

Place = tuple[str | int, ...]
Finding = tuple[Place, str]

ROLES = frozenset({
    *SINGLE_ROLES, "team", "team_all", "front", "it", "hr", "data", "finance", "management",
    "users", "owners", "attendees",
})  # fmt: skip
CHOOSING = ("single", "multi", "ranking", "points100")
#: Radios and checkboxes hold ten choices; a longer `single` becomes a select.
MOST_TICKS = 10


def flow(text: FlowText, shared: WordsText, known: Collection[str] = ()) -> Iterator[Finding]:
    """Every finding about one dialogue. `known`: the ids of all questions of the playbook."""
    yield from roles(text.who, ("who",))
    yield from _owner(text.idk_owner, ("idk_owner",))
    yield from _screens(text)
    for number, asked in enumerate(text.questions):
        found = _question(asked, text, shared, known)
        yield from ((("questions", number, *place), said) for place, said in found)
    for name, followers in text.followup_sets.items():
        for number, follower in enumerate(followers):
            wrong = (*_choices(follower, text, shared), *_named(follower))
            yield from ((("followup_sets", name, number, *place), said) for place, said in wrong)
    yield from _routes(text)
    for number, card in enumerate(text.leader_cards):
        values = [o.value for q in text.questions if q.id == card.question for o in choices(q, text, shared)]
        if card.when not in values:
            yield (
                ("leader_cards", number),
                f"card {card.id} goes with a choice that {card.question} does not have",
            )


def _owner(role: str | None, place: Place) -> Iterator[Finding]:
    if role is not None and role not in (*ROLES, "none"):
        yield place, f"“{role}” is not a role that can own an open point"


def roles(who: str, place: Place) -> Iterator[Finding]:
    """Every role of an audience exists."""
    asked = audience(who)
    for role in (*asked.roles, *asked.minus):
        if role not in ROLES:
            yield place, f"“{role}” is not a role"


def _screens(text: FlowText) -> Iterator[Finding]:
    """Every named question stands on a screen, and screens name only questions that exist."""
    named = {q.id: {c.key for c in q.cols} for q in text.questions if (q.vis or text.vis) != "anonymous"}
    labels = {q.id: q.vis or text.vis for q in text.questions}
    placed: set[str] = set()
    for number, screen in enumerate(text.screens):
        if screen.key in [other.key for other in text.screens[:number]]:
            yield ("screens", number), f"two screens are called {screen.key}"
        for place in screen.questions:
            for id, keys in ({place: []} if isinstance(place, str) else place).items():
                placed.add(id)
                if id not in named:
                    yield (
                        ("screens", number),
                        f"screen {screen.key} asks {id}, which is not a named question here",
                    )
                elif labels[id] != labels.get(_first(screen), labels[id]):
                    yield ("screens", number), f"screen {screen.key} mixes open and restricted questions"
                elif unknown := sorted(set(keys) - named[id]):
                    yield ("screens", number), f"{id} has no column {', '.join(unknown)}"
    if text.screens:
        for number, asked in enumerate(text.questions):
            if asked.id in named and asked.id not in placed:
                yield ("questions", number), "it stands on no screen"


def _first(screen: ScreenText) -> str:
    place = screen.questions[0]
    return place if isinstance(place, str) else next(iter(place))


def _routes(text: FlowText) -> Iterator[Finding]:
    """Every line of the table of routes has its test, and the last one always holds."""
    for number, rule in enumerate(text.route_rules):
        if rule.when not in TESTS:
            yield ("route_rules", number), f"no test of a route is called “{rule.when}”"
    if text.route_rules and text.route_rules[-1].when != "always":
        yield ("route_rules",), "the last route must hold always"


def _question(
    asked: QuestionText, text: FlowText, shared: WordsText, known: Collection[str]
) -> Iterator[Finding]:
    yield from roles(asked.who or text.who, ("who",))
    yield from roles(", ".join(asked.seen_by), ("seen_by",))
    yield from _owner(asked.idk, ("idk",))
    yield from _choices(asked, text, shared)
    yield from _conditions(asked, text, known)
    yield from _recorded(asked)
    yield from _named(asked)
    if asked.follow is not None and asked.follow not in text.followup_sets:
        yield ("follow",), f"no set of follow-ups is called “{asked.follow}”"
    for what, kind in (("per", asked.per), ("opts_from", asked.opts_from)):
        if kind is not None and kind not in PREFIX:
            yield (what,), f"“{kind}” is not a kind of record"


def _named(asked: AskedText) -> Iterator[Finding]:
    """Both languages, and every name that code must know."""
    if (asked.none_en is None) != (asked.none_fr is None):
        yield ("none_en",), "its extra button needs both languages"
    if (asked.short_en is None) != (asked.short_fr is None):
        yield ("short_en",), "its short title needs both languages"
    for names, known, what in (
        (asked.check, CHECKS, "check"),
        (asked.rec, RECORDINGS, "rec"),
        ([asked.fill] if asked.fill else [], FILLS, "fill"),
        ([asked.cases] if asked.cases else [], CASES, "cases"),
        ([asked.phrase] if asked.phrase else [], PHRASES, "phrase"),
        ([c.named for c in asked.show_if if c.named], PREDICATES, "predicate"),
    ):
        for name in names:
            if name not in known:
                yield (what,), f"no {what} is called “{name}”"


def _recorded(asked: AskedText) -> Iterator[Finding]:
    """A recording finds the kind of answer it reads."""
    for name in asked.rec:
        kind, columns = READS.get(name, (asked.type, ()))
        if asked.type != kind:
            yield ("rec",), f"rec {name} reads a question of type {kind}"
        elif lacking := sorted(set(columns) - {column.key for column in asked.cols}):
            yield ("rec",), f"rec {name} reads columns it does not have: {', '.join(lacking)}"


def _choices(asked: AskedText, text: FlowText, shared: WordsText) -> Iterator[Finding]:
    """Choices, scales and columns are there, and there are not too many."""
    values = [option.value for option in choices(asked, text, shared)]
    name = asked.id if isinstance(asked, QuestionText) else ""
    if asked.type in CHOOSING and not values:
        yield (), "it has no choices (opts)"
    if len(set(values)) < len(values):
        yield ("opts",), "two of its choices have the same value"
    if asked.type == "multi" and len(values) > MOST_TICKS:
        yield ("opts",), f"it has {len(values)} choices to tick; {MOST_TICKS} at most"
    if asked.type == "scale5" and asked.lab not in shared.labels:
        yield (), "its scale (lab) is not one of the labels"
    if asked.type == "rows" and not asked.cols:
        yield (), "it has no columns (cols)"
    for number, column in enumerate(asked.cols):
        known = {f"{name}.{column.key}", column.key} & set(shared.column_options)
        if column.type == "single" and not known:
            yield ("cols", number), f"column {column.key} has no choices in column_options"
        if column.type == "scale5" and (column.lab or "level") not in shared.labels:
            yield ("cols", number), f"the scale of column {column.key} is not one of the labels"


def _conditions(asked: QuestionText, text: FlowText, known: Collection[str]) -> Iterator[Finding]:
    """Conditions read questions that come earlier, so that the path can be worked out in order, or
    questions of other dialogues."""
    order = _order(text)
    own = {question.id for question in expanded(text)}
    pairs = [(("show_if",), c) for c in asked.show_if]
    pairs += [(("opts",), o.show_if) for o in asked.opts if o.show_if is not None]
    for place, read in pairs:
        if read.question in known and read.question not in own:
            continue
        if read.question not in order:
            yield place, f"its condition reads {read.question}, which does not exist here"
        elif asked.id in order and order.index(read.question) >= order.index(asked.id):
            yield place, f"its condition reads {read.question}, which is asked later"


def _order(text: FlowText) -> list[str]:
    placed = [id for s in text.screens for p in s.questions for id in ([p] if isinstance(p, str) else p)]
    return list(dict.fromkeys(placed)) or [question.id for question in text.questions]
