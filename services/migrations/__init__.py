"""The tables' versions, brought up to date from within the program; a new database gets the tables as they are.

Alembic takes 10 MB, which a process keeps for good: it is imported only where an older database has to change.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from services.tables import Table, api, audit, clock, consent, desk, life, people, pings, places, training

HEAD = "0018"
EVERY_TABLE = (  # each module of tables, so that the metadata knows all of them
    Table,
    api,
    audit,
    clock,
    consent,
    desk,
    life,
    people,
    pings,
    places,
    training,
)
ONE_AT_A_TIME = 7_272_001
NEWER = "The database was written by a newer release: install that release."


def upgrade(connection: Connection, to: str = HEAD) -> bool:
    """Bring the database up to version `to`, in the connection's transaction; True if it was not there yet.

    Raises ValueError when a newer release has written the database.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
    if version(connection) == to:
        return False
    if to == HEAD and not inspect(connection).get_table_names():
        _new(connection)
    else:
        _alembic(connection, "upgrade", to)
    return True


def behind(connection: Connection) -> bool:
    """Whether the tables are older than this version. Raises ValueError when a newer release has written them."""
    found = version(connection)
    if found is not None and found > HEAD:
        raise ValueError(NEWER)
    return found != HEAD


def downgrade(connection: Connection, to: str = "base") -> None:
    """Go back to version `to`; what only the newer version could hold is lost."""
    _alembic(connection, "downgrade", to)


def version(connection: Connection) -> str | None:
    """The version the database is at; None when it is new."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _new(connection: Connection) -> None:
    """All tables at once, marked as the newest version; a test compares them with what the versions lead to."""
    Table.metadata.create_all(connection, checkfirst=False)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD})


def _alembic(connection: Connection, command: str, to: str) -> None:
    from alembic import command as commands
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        getattr(commands, command)(config, to)
    except CommandError as fault:
        raise ValueError(NEWER) from fault
