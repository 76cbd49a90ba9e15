"""The words a person sees, in their language: catalogue, plurals, dates, figures, templates.

English is written in the code and in `templates/`; French stands in the gettext catalogues of
`locale/fr`. `words(language)` gives a `Wording`, by convention called `w`: then `w("Next")` is plain
text and `w.md("*Named.* …")` is markup in which every value is escaped. A phrase without French
fails a test (tests/bot/words), and shows in English at run time.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import jinja2
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from jinja2.runtime import Context

from bot.words.mrkdwn import Mrkdwn, line, md
from bot.words.typography import NBSP, typographic
from flows.words import Language, Words

_HERE = Path(__file__).parent
FAR = timedelta(days=270)  # a day further away than this is written with its year
_BABEL = {"en": "en_GB", "fr": "fr"}


@lru_cache(maxsize=2)
def words(language: Language) -> "Wording":
    """The wording in one language. Reads the catalogues once."""
    return Wording(language=language, catalogue=_catalogue(language))


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Marks a phrase for the catalogue that is translated later, from a table."""
    return text


def _catalogue(language: Language) -> dict[str, tuple[str, ...]]:
    """Phrase, or "context\\x04phrase", to its forms. Empty for English."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((_HERE / "locale" / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
                forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
                key = f"{message.context}\x04{ids[0]}" if message.context else ids[0]
                if key and all(forms):
                    found[key] = tuple(form or "" for form in forms)
    return found


@dataclass(frozen=True, kw_only=True, eq=False)
class Wording:
    """Says things in one language. Knows no screen and no message."""

    language: Language
    catalogue: dict[str, tuple[str, ...]]

    def __call__(self, phrase: str, **values: object) -> str:
        """Plain text, for labels, buttons and headers; values are put on one line."""
        return self._filled(self._forms(phrase)[0], {k: self._shown(v) for k, v in values.items()})

    def md(self, phrase: str, **values: object) -> Mrkdwn:
        """Markup; values are escaped, except those that are markup already."""
        return Mrkdwn(self._filled(self._forms(phrase)[0], {k: self._marked(v) for k, v in values.items()}))

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """Plain text by the plural rule of the language; `{n}` is the figure. 0 is singular in French."""
        filled = {k: self._shown(v) for k, v in {"n": n, **values}.items()}
        return self._filled(self._plural(one, many, n), filled)

    def plural_md(self, one: str, many: str, n: int, **values: object) -> Mrkdwn:
        """As `plural`, in markup."""
        filled = {k: self._marked(v) for k, v in {"n": n, **values}.items()}
        return Mrkdwn(self._filled(self._plural(one, many, n), filled))

    def p(self, context: str, phrase: str) -> str:
        """Plain text of a phrase that English uses for two things ("Close" a window, a dialogue)."""
        form = self.catalogue.get(f"{context}\x04{phrase}", (phrase,))[0]
        return typographic(form, self.language)

    def of(self, both: Words) -> str:
        """Words of content in this language. What a person typed is left as written."""
        if both.en == both.fr:
            return both.en
        return typographic(both.in_(self.language), self.language)

    def listed(self, items: Iterable[str]) -> str:
        """ "a, b and c"; markup when an item is."""
        w, kept = self, list(items)
        markup = Mrkdwn("") if any(isinstance(item, Mrkdwn) for item in kept) else ""
        if len(kept) < 2:
            return kept[0] if kept else ""
        return (markup + ", ").join(kept[:-1]) + " " + w("and") + " " + kept[-1]

    def number(self, figure: int | float) -> str:
        """ "1,640", « 1 640 » with a narrow no-break space."""
        return _decimal(figure, self.language)

    def percent(self, figure: int) -> str:
        """ "75%", « 75 % »."""
        return f"{self.number(figure)}{NBSP if self.language == 'fr' else ''}%"

    def day(self, day: date, near: date | None = None) -> str:
        """ "Thu 19 Feb", « jeudi 19 février »; with its year when it is far from `near`."""
        far = near is not None and abs(day - near) > FAR
        if self._fr:
            return self._first(format_date(day, "EEEE d MMMM y" if far else "EEEE d MMMM", "fr"))
        return format_date(day, "EEE d MMM y" if far else "EEE d MMM", "en_GB").replace("Sept", "Sep")

    def short_day(self, day: date) -> str:
        """ "19 Feb", « 19 févr. »: where many days stand side by side."""
        if self._fr:
            return self._first(format_date(day, "d MMM", "fr"))
        return format_date(day, "d MMM", "en_GB").replace("Sept", "Sep")

    def full_day(self, day: date) -> str:
        """ "Thursday 19 February 2026", « jeudi 19 février 2026 »."""
        return self._first(format_date(day, "EEEE d MMMM y", _BABEL[self.language]))

    def hour(self, at: time | datetime) -> str:
        """ "09:30", « 9 h 30 », « 14 h »."""
        if not self._fr:
            return f"{at.hour:02}:{at.minute:02}"
        return f"{at.hour}{NBSP}h" + (f"{NBSP}{at.minute:02}" if at.minute else "")

    def moment(self, at: datetime, zone: str) -> str:
        """ "Thu 19 Feb, 09:30" in the zone of the reader; an unknown zone counts as UTC."""
        local = at.astimezone(_zone(zone))
        return f"{self.day(local.date())}, {self.hour(local)}"

    def render(self, template: str, **values: object) -> Mrkdwn:
        """A message of `templates/<template>.j2` as markup, values escaped."""
        rendered = _templates(self.language).get_template(f"{template}.j2").render(**values)
        return Mrkdwn(rendered.strip())

    @property
    def _fr(self) -> bool:
        return self.language == "fr"

    def _first(self, text: str) -> str:
        """The first of the month is « 1er » in French."""
        return text.replace(" 1 ", " 1er ", 1) if self._fr else text

    def _forms(self, phrase: str) -> tuple[str, ...]:
        return self.catalogue.get(phrase, (phrase,))

    def _plural(self, one: str, many: str, n: int) -> str:
        forms = self.catalogue.get(one, (one, many))
        single = abs(n) < 2 if self._fr else n == 1
        return forms[0] if single or len(forms) == 1 else forms[1]

    def _filled(self, phrase: str, values: dict[str, str]) -> str:
        """Typography first, then the values: it never touches what people typed."""
        text = typographic(phrase, self.language)
        for name in values:
            text = text.replace("{" + name + "}", f"\x00{name}\x00")
        for name, value in values.items():  # in two steps: a value may contain "{name}"
            text = text.replace(f"\x00{name}\x00", value.replace("\x00", ""))
        return text

    def _shown(self, value: object) -> str:
        """A value as plain text."""
        if isinstance(value, Words):
            return line(self.of(value))
        return self.number(value) if type(value) is int else line(str(value))

    def _marked(self, value: object) -> str:
        """A value as markup."""
        return value if isinstance(value, Mrkdwn) else md(self._shown(value))


@lru_cache(maxsize=1024)  # mostly small figures, several on every page
def _decimal(figure: int | float, language: Language) -> str:
    return format_decimal(figure, locale=_BABEL[language])


def _zone(name: str) -> ZoneInfo:
    """The zone called `name`; UTC for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


@lru_cache(maxsize=2)
def _templates(language: Language) -> jinja2.Environment:
    """Templates come from files of the package only (T5).

    They make markup. A phrase is `_("Hello {name}")`, filled from the template's own variables;
    `finalize` escapes every variable shown outside a phrase.
    """
    w = words(language)

    @jinja2.pass_context
    def phrase(context: Context, text: str, **values: object) -> Mrkdwn:
        return w.md(text, **{**_named(context, text), **values})

    @jinja2.pass_context
    def plural(context: Context, one: str, many: str, n: int, **values: object) -> Mrkdwn:
        return w.plural_md(one, many, n, **{**_named(context, one + many), **values})

    environment = jinja2.Environment(  # noqa: S701 - mrkdwn, not HTML
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        finalize=w._marked,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update({"_": phrase, "plural": plural, "w": w})
    return environment


def _named(context: Context, text: str) -> dict[str, object]:
    """The template's variables that `text` names between braces."""
    return {name: context[name] for name in re.findall(r"{(\w+)}", text) if name in context}
