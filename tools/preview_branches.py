"""The map of a dialogue's branches as a nested list: question, what it hangs on, the question that follows.

Reads content only, and says every condition in words.
"""

from collections.abc import Iterator
from html import escape

from flows.dialogue.model import Condition, Flow, Question
from flows.playbook import Playbook
from flows.words import LANGUAGES, Language, Words

SAID = {
    "title": Words("Branches", "Embranchements"),
    "if": Words("if", "si"),
    "and": Words("and", "et"),
    "or": Words("or", "ou"),
    "is": Words("is", "est"),
    "in": Words("is", "est"),
    "is_not": Words("is not", "n’est pas"),
    "at_least": Words("is at least", "vaut au moins"),
    "given": Words("is answered", "a une réponse"),
    "offers": Words("offers", "propose"),
    "part": Words("later part", "partie envoyée plus tard"),
    "optional": Words("optional", "facultative"),
    "hard": Words("needed to go on", "nécessaire pour continuer"),
    "restricted": Words("confidential", "confidentielle"),
    "anonymous": Words("anonymous, in a wave", "anonyme, dans une vague"),
    "per": Words("for each record", "pour chaque fiche"),
    "shared": Words("one shared answer", "une réponse commune"),
    "each": Words("each their own", "chacun la sienne"),
}


def branches(playbook: Playbook, flow: Flow) -> str:
    """The map in both languages."""
    return "".join(_map(playbook, flow, language) for language in LANGUAGES)


def _map(playbook: Playbook, flow: Flow, language: Language) -> str:
    listed: list[str] = []
    questions = {q.id: q for screen in flow.screens for q in screen.questions}
    for screen in flow.screens:
        roots = [q for q in screen.questions if not set(_causes(q)) & questions.keys()]
        title = (screen.title or flow.title).in_(language)
        items = "".join(_item(playbook, flow, q, questions, language, frozenset()) for q in roots)
        if items:
            listed.append(f"<li><b>{escape(title)}</b><ul>{items}</ul></li>")
    waves = "".join(
        f"<li>{_named(q, language)} <span class=of>· {SAID['anonymous'].in_(language)}</span></li>"
        for q in flow.anonymous
    )
    listed += [waves] if waves else []
    head = SAID["title"].in_(language)
    summary = f"<summary>{head} ({language})</summary>"
    return f"<details class=branches lang={language}>{summary}<ul>{''.join(listed)}</ul></details>"


def _item(  # noqa: PLR0913, PLR0917 - a question, where it stands, and what has been said already
    playbook: Playbook,
    flow: Flow,
    question: Question,
    questions: dict[str, Question],
    language: Language,
    seen: frozenset[str],
) -> str:
    """One question with what is asked because of it, wherever that stands."""
    followers = [q for q in questions.values() if question.id in _causes(q) and q.id not in seen]
    inner = "".join(_item(playbook, flow, q, questions, language, seen | {question.id}) for q in followers)
    facts = " · ".join(_facts(question, language))
    conditions = _conditions(playbook, question.show_if, language)
    when = f" <span class=if>({SAID['if'].in_(language)} {conditions})</span>" if conditions else ""
    offered, only_if = SAID["offers"].in_(language), SAID["if"].in_(language)
    offers = "".join(
        f"<li class=if>{offered} “{escape(o.label.in_(language))}” {only_if} "
        f"{_conditions(playbook, (o.show_if,), language)}</li>"
        for o in question.options
        if o.show_if is not None
    )
    below = f"<ul>{offers}{inner}</ul>" if offers or inner else ""
    return f"<li>{_named(question, language)}{when} <span class=of>· {facts}</span>{below}</li>"


def _causes(question: Question) -> list[str]:
    return [condition.question for condition in question.show_if]


def _named(question: Question, language: Language) -> str:
    return f"<code>{question.id}</code> {escape(question.short.in_(language))}"


def _facts(question: Question, language: Language) -> Iterator[str]:
    yield SAID["shared" if question.shared else "each"].in_(language)
    yield escape(", ".join(question.audience.roles))
    for fact in (question.requirement, question.visibility):
        if fact in SAID:
            yield SAID[fact].in_(language)
    if question.part:
        yield f"{SAID['part'].in_(language)} {escape(question.part)}"
    if question.per:
        yield f"{SAID['per'].in_(language)} ({question.per})"


def _conditions(playbook: Playbook, conditions: tuple[Condition, ...], language: Language) -> str:
    """Several must all hold."""
    return f" {SAID['and'].in_(language)} ".join(_condition(playbook, one, language) for one in conditions)


def _condition(playbook: Playbook, condition: Condition, language: Language) -> str:
    known = next(
        (f.by_id[condition.question] for f in playbook.flows.values() if condition.question in f.by_id), None
    )
    if condition.test == "named":
        return f"<code>{condition.question}</code>: {escape(str(condition.value).replace('_', ' '))}"
    values = condition.value if condition.test == "in" else [condition.value]
    labels = {o.value: o.label.in_(language) for o in known.options} if known else {}
    shown = f" {SAID['or'].in_(language)} ".join(f"“{escape(labels.get(str(v), str(v)))}”" for v in values)
    said = "" if condition.test == "given" else f" {shown}"
    return f"<code>{condition.question}</code> {SAID[condition.test].in_(language)}{said}"
