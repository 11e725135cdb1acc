"""The tables of second factors and of the recovery key. Times are Unix seconds."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.tables import Table


class SecondFactor(Table):
    """Somebody's secret for codes by the clock, sealed under a key of the key file.

    `last_step`: the newest half minute whose code was used, so that none is used twice. `confirmed_at`: NULL until the
    first right code.
    """

    __tablename__ = "second_factors"

    coordinator_id: Mapped[int] = mapped_column(ForeignKey("coordinators.id", ondelete="CASCADE"), primary_key=True)
    secret_box: Mapped[bytes]
    last_step: Mapped[int]
    confirmed_at: Mapped[int | None]


class RecoveryCode(Table):
    """A keyed hash of a code that replaces one from the app, once: used ones are deleted."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    coordinator_id: Mapped[int] = mapped_column(ForeignKey("coordinators.id", ondelete="CASCADE"), index=True)


class FactorReset(Table):
    """A one-time link with which somebody, who also has the password, sets up a new second factor.

    Kept when it is over: until a factor is set up, the password alone does not allow to.
    """

    __tablename__ = "factor_resets"

    coordinator_id: Mapped[int] = mapped_column(ForeignKey("coordinators.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[bytes]
    expires_at: Mapped[int]


class RecoveryKey(Table):
    """The public half of a recovery key, whose secret is on paper. `tried_at`: NULL while it does not count."""

    __tablename__ = "recovery_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_key: Mapped[bytes]
    made_by: Mapped[int] = mapped_column(ForeignKey("coordinators.id"))
    made_at: Mapped[int]
    tried_at: Mapped[int | None]


class RecoveryBox(Table):
    """One of the coordination's private keys, sealed to a recovery key."""

    __tablename__ = "recovery_boxes"

    recovery_key_id: Mapped[int] = mapped_column(ForeignKey("recovery_keys.id", ondelete="CASCADE"), primary_key=True)
    coordination_key_id: Mapped[int] = mapped_column(ForeignKey("coordination_keys.id"), primary_key=True)
    box: Mapped[bytes]
