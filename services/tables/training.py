"""The tables of trainings and of the sign-ups for them. Times are Unix seconds."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.tables import Table


class Training(Table):
    """A training as the coordination announces it: public, and nothing about anybody.

    `days`: "YYYY-MM-DD HH:MM HH:MM", as clocks in Paris show it. `revision` grows with each change.
    """

    __tablename__ = "trainings"

    id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    days: Mapped[tuple[str, ...]]
    begins_at: Mapped[int]
    ends_at: Mapped[int] = mapped_column(index=True)
    town: Mapped[str]
    department: Mapped[str]
    seats: Mapped[int]
    modules: Mapped[tuple[str, ...]]
    own_modules: Mapped[tuple[str, ...]]
    audience: Mapped[tuple[str, ...]]
    language: Mapped[str]
    remark: Mapped[str]
    revision: Mapped[int]
    changed_at: Mapped[int]


class SignUp(Table):
    """A sign-up: its place in the order (`number`), its state, how its receipt is found and checked.

    `contact`: ciphertext under the sign-up's data key, NULL once it is deleted. `revision`: the training's, then.
    """

    __tablename__ = "sign_ups"
    __table_args__ = (UniqueConstraint("training_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    training_id: Mapped[str] = mapped_column(ForeignKey("trainings.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[str]
    organisation: Mapped[str]
    created_at: Mapped[int]
    revision: Mapped[int]
    selector: Mapped[bytes] = mapped_column(unique=True)
    verifier: Mapped[bytes]
    contact: Mapped[bytes | None]


class SignUpKey(Table):
    """A sign-up's data key, sealed to the coordination. Long backups leave this table out: deleting a row erases."""

    __tablename__ = "sign_up_keys"

    sign_up_id: Mapped[str] = mapped_column(ForeignKey("sign_ups.id", ondelete="CASCADE"), primary_key=True)
    coordination_key_id: Mapped[int] = mapped_column(ForeignKey("coordination_keys.id"))
    box: Mapped[bytes]
