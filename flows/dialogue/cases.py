"""Questions asked once per record of the register: one question for each case, laid out on screens.

A case has an id of its own ("NEE03@REQ-4"), so that it is answered, left and kept like any other
question. Reads `Dialogue.register`; asks nothing of a project that has no such record.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flows.dialogue.model import Case, Column, Dialogue, Flow, Option, Question, Screen
from flows.words import Words

#: Cases of one short question that stand on a screen together.
MOST_TOGETHER = 4
#: Kinds of which one case fills a screen.
ALONE = ("long_text", "rows", "ranking", "points100", "moscow")
#: The longest name of a record as a choice of the board, and inside a question.
OPTION, NAME = 210, 90
EVERY = "every"  # under which a sheet keeps what was worked out about it


def _must(case: Case, dialogue: Dialogue) -> bool:
    """A need that the board places among the must-haves (NEE02)."""
    board = dialogue.answers.get("NEE02")
    return board is not None and board.given and board.value.get(case.ref) == "M"


def held(case: Case) -> bool:
    """A vendor session is held once its attendance is noted (D14)."""
    return bool(case.fields.get("attendees"))


def first_held(dialogue: Dialogue) -> Case | None:
    """The first session with a vendor that was held (D14); None while nobody has shown anything."""
    sessions = [case for case in dialogue.register.get("vendor", ()) if held(case)]
    return min(sessions, key=lambda case: str(case.fields.get("date") or ""), default=None)


def _attended(case: Case, dialogue: Dialogue) -> bool:
    return held(case) and dialogue.person in case.fields["attendees"]


#: Which records a question is asked about, by name.
CASES: Mapping[str, Callable[[Case, Dialogue], bool]] = {
    "must_have": _must,
    "session_to_come": lambda case, dialogue: not held(case),
    "session_held": lambda case, dialogue: held(case),
    "session_attended": _attended,
}


def of(question: Question, dialogue: Dialogue) -> tuple[Question, ...]:
    """The question itself; or one for each record it is about, whether it is asked there or not; or
    the question with the records as its choices, and nothing when there are none."""
    if any(column.options_from for column in question.columns):
        columns = tuple(_with_records(column, question, dialogue) for column in question.columns)
        return (replace(question, columns=columns),)
    if question.options_from is not None:
        options = tuple(
            Option(value=case.ref, label=_cut(_named(case), OPTION))
            for case in dialogue.register.get(question.options_from, ())
        )
        return (replace(question, options=options),) if options else ()
    if question.per is None:
        return (question,)
    return tuple(_about(question, case) for case in dialogue.register.get(question.per, ()))


def every(flow: Flow, dialogue: Dialogue) -> tuple[Question, ...]:
    """Every question of the flow, each case on its own. Worked out once for each sheet."""
    if not flow.cased:
        return flow.questions
    about, found = dialogue.derived.get(EVERY, (None, ()))
    if about is not flow:
        found = tuple(one for question in flow.questions for one in of(question, dialogue))
        dialogue.derived[EVERY] = (flow, found)
    return found


def alike(first: Dialogue, other: Dialogue) -> None:
    """The two sheets have the same register: `other` takes over the cases worked out for `first`, which
    hang on nothing else. For whoever goes through the sheets of a whole team."""
    if EVERY in first.derived and first.register is other.register:
        other.derived[EVERY] = first.derived[EVERY]


def let_by(question: Question, dialogue: Dialogue) -> bool:
    """The question is asked about its record now. A question about no record always is."""
    ref = question.id.partition("@")[2]
    if not ref or question.cases is None:
        return True
    test = CASES[question.cases]
    records = dialogue.register.get(question.per or "", ())
    about = next((case for case in records if case.ref == ref), None)
    return about is not None and test(about, dialogue)


def same(question: str, asker: Question) -> str:
    """The id under which `asker`, asked about a record, finds the answer to `question` about it."""
    ref = asker.id.partition("@")[2]
    return f"{question}@{ref}" if ref else question


def laid_out(flow: Flow, dialogue: Dialogue) -> tuple[Screen, ...]:
    """The screens of the flow with each case in its place: several questions about a record share a
    screen; a single short question shows several records together."""
    if not flow.cased:
        return flow.screens
    return tuple(laid for screen in flow.screens for laid in _screens(screen, dialogue))


def _screens(screen: Screen, dialogue: Dialogue) -> tuple[Screen, ...]:
    if not any(question.per for question in screen.questions):
        questions = tuple(one for question in screen.questions for one in of(question, dialogue))
        return (replace(screen, questions=questions),)
    cases: dict[str, list[Question]] = {}
    for question in screen.questions:
        for one in of(question, dialogue):
            if let_by(one, dialogue):
                cases.setdefault(one.id.partition("@")[2], []).append(one)
    single = len(screen.questions) == 1 and screen.questions[0].kind not in ALONE
    size, refs = MOST_TOGETHER if single else 1, list(cases)
    pages = (refs[start : start + size] for start in range(0, len(refs), size))
    return tuple(
        replace(
            screen,
            key=f"{screen.key}@{page[0]}",
            questions=tuple(one for ref in page for one in cases[ref]),
        )
        for page in pages
    )


def _about(question: Question, case: Case) -> Question:
    """The question about one record, which its words begin with."""
    return replace(
        question,
        id=f"{question.id}@{case.ref}",
        words=Words("{case} — {asked}", "{case} — {asked}").fill(
            case=_cut(_named(case), NAME), asked=question.words
        ),
        short=Words("{asked} ({ref})", "{asked} ({ref})").fill(asked=question.short, ref=case.ref),
    )


def _with_records(column: Column, question: Question, dialogue: Dialogue) -> Column:
    """The column with the live records among its choices, but for those its own question has made."""
    if column.options_from is None:
        return column
    options = tuple(
        Option(value=case.ref, label=_cut(_named(case), NAME))
        for case in dialogue.register.get(column.options_from, ())
        if case.source.partition("@")[0] != question.id
    )
    return replace(column, options=(*column.options, *options))


def _named(case: Case) -> Words:
    return Words("{ref} {title}", "{ref} {title}").fill(ref=case.ref, title=case.title)


def _cut(words: Words, most: int) -> Words:
    """Both texts, cut to fit."""

    def cut(text: str) -> str:
        return text if len(text) <= most else text[: most - 1].rstrip() + "…"

    return Words(cut(words.en), cut(words.fr))
