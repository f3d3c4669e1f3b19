"""Tables of a database, by its address; the optional library SQLAlchemy reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from sim.core.errors import PlannerError
from sim.learn.reading.table import ROWS, Table, as_text


def database_tables(address: str) -> list[Table]:
    """Return every table and view of a database; PlannerError where the library is missing or nobody answers.

    An address is written as SQLAlchemy has it, such as sqlite:///export.db; a password in it is never shown.
    """
    try:
        import sqlalchemy as sql
    except ImportError:
        raise PlannerError("reading a database takes SQLAlchemy; install it: pip install sqlalchemy") from None
    shown = _shown(address)
    try:
        engine = sql.create_engine(address)
        looked = sql.inspect(engine)
        names = [*looked.get_table_names(), *looked.get_view_names()]
        columns = {name: tuple(str(c["name"]) for c in looked.get_columns(name)) for name in names}
    except (sql.exc.SQLAlchemyError, ImportError) as error:
        reason = str(error).splitlines()[0]
        raise PlannerError(f"{shown}: the database cannot be read ({reason.replace(address, shown)})") from None
    if not names:
        raise PlannerError(f"{shown}: no table in this database; check its name")
    return [Table(shown, name, columns[name], "", _pieces(engine, name)) for name in names if columns[name]]


def is_address(text: str) -> bool:
    """Return whether a text is the address of a database."""
    return "://" in text


def _pieces(engine: Any, name: str) -> Any:
    def pieces() -> Iterator[pd.DataFrame]:
        import sqlalchemy as sql

        with engine.connect().execution_options(stream_results=True) as connection:
            quoted = sql.sql.quoted_name(name, quote=True)
            rows = sql.select(sql.text("*")).select_from(sql.table(quoted))
            for piece in pd.read_sql_query(rows, connection, chunksize=ROWS):
                yield as_text(piece)

    return pieces


def _shown(address: str) -> str:
    """The address without who signs in."""
    kind, _, rest = address.partition("://")
    return f"{kind}://{rest.rpartition('@')[2]}"
