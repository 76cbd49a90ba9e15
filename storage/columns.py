"""Column types that behave the same on SQLite and on PostgreSQL."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

_MICROSECOND = 1_000_000


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. PostgreSQL: `timestamptz`; SQLite: whole microseconds since 1970, which
    compare and index as numbers. Refuses a datetime without a zone (ValueError)."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone: pass an aware datetime")
        return value if dialect.name == "postgresql" else microseconds(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name == "postgresql":
            return value.astimezone(UTC)  # type: ignore[no-any-return]
        whole, rest = divmod(value, _MICROSECOND)
        return datetime.fromtimestamp(whole, UTC).replace(microsecond=rest)


def microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970, exactly (a float would round)."""
    return int(moment.replace(microsecond=0).timestamp()) * _MICROSECOND + moment.microsecond


class Plain(TypeDecorator[str]):
    """Text a person typed. Drops NUL and replaces lone surrogates, as the gate does: PostgreSQL
    refuses both, and a row that can never be stored would be redelivered for ever."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(value)


class Json(TypeDecorator[Any]):
    """A JSON value; None is SQL NULL. `jsonb` on PostgreSQL, text on SQLite. Cleaned like `Plain`.
    Text that is no JSON (a damaged file) reads as None: the question is open again, nothing fails."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(JSONB(none_as_null=True))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        if not _storable(text):
            value = _cleaned(value)
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return value if dialect.name == "postgresql" else text

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        try:
            return json.loads(value)
        except ValueError:
            return None  # the raw text stays where it is


def clean(text: str) -> str:
    """`text` without NUL, and with U+FFFD in place of lone surrogates."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _storable(text: str) -> bool:
    if "\\u0000" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case list() | tuple():
            return [_cleaned(item) for item in value]
        case dict():
            return {clean(str(key)): _cleaned(item) for key, item in value.items()}
        case _:
            return value
