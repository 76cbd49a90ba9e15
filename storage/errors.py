"""What may go wrong between a caller and its database, in three words the caller can act on."""

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, OperationalError, ResourceClosedError

_SQLITE_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_SQLITE_GONE: Final = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
}
#: What PostgreSQL says, by its own codes: its driver is not loaded where SQLite does.
_PG_BUSY: Final = {"55P03", "57014"}  # a lock was not to be had, a statement took too long
_PG_AGAIN: Final = {"40001", "40P01"}  # not serialisable, deadlock
_PG_GONE: Final = {"57P01", "57P02", "57P03", "53300", "53100", "25006"}  # down, starting, full, read only


class Busy(RuntimeError):
    """The database did not answer in time. Nothing was saved, unless it is saved a moment too
    late: the caller says "not saved, please try again", and trying again must do no harm."""


class Unavailable(RuntimeError):
    """The database cannot be reached, or cannot write (disk full). Nothing was saved, unless the
    connection broke during the commit itself: trying again must do no harm."""


#: What else a database may object to (a table that is not there): ours to mend, not the caller's.
Refused = DBAPIError


class InUse(RuntimeError):
    """Another process holds the SQLite file."""


def translate(problem: BaseException) -> BaseException:
    """`problem` as Busy or Unavailable where it means that; otherwise `problem` itself."""
    if not isinstance(problem, DBAPIError):
        return problem
    cause = problem.orig
    if isinstance(cause, sqlite3.Error):
        code = (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF
        if code in _SQLITE_BUSY:
            return Busy(str(cause))
        return Unavailable(str(cause)) if code in _SQLITE_GONE else problem
    state = _state(problem)
    if state in _PG_BUSY | _PG_AGAIN:
        return Busy(str(cause))
    lost = isinstance(problem, OperationalError) and state is None
    if problem.connection_invalidated or lost or state in _PG_GONE:
        return Unavailable(str(cause))
    return problem


def repeatable(problem: BaseException) -> bool:
    """PostgreSQL rolled the transaction back and asks for it again."""
    return isinstance(problem, DBAPIError) and _state(problem) in _PG_AGAIN


def disconnected(problem: BaseException) -> bool:
    """The connection had died before, as pooled ones do when the server restarts."""
    return isinstance(problem, ResourceClosedError) or (
        isinstance(problem, DBAPIError) and bool(problem.connection_invalidated)
    )


def _state(problem: DBAPIError) -> str | None:
    """The code of five characters that PostgreSQL gives; None where it gave none."""
    return getattr(problem.orig, "sqlstate", None)
