"""The tables of the audit, and how PostgreSQL itself chains a record at the commit. Times are Unix seconds."""

from sqlalchemy import DDL, event
from sqlalchemy.orm import Mapped, mapped_column

from services.tables import Table


class AuditRecord(Table):
    """One act, chained to the one before. `detail` is one of fixed words, never typed text.

    A number below 0: not chained yet, which nobody but its own transaction sees.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[int]
    actor: Mapped[str]
    action: Mapped[str]
    referral_id: Mapped[str | None] = mapped_column(index=True)
    detail: Mapped[str]
    previous_hash: Mapped[bytes]
    hash: Mapped[bytes]


class AuditHead(Table):
    """The single row (id 1) that says where the audit chain ends; locked while a record is chained."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int]
    hash: Mapped[bytes]


# As services/audit_chain.py:digest.
CHAIN = """
CREATE FUNCTION chain_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last bigint;
    previous bytea;
    told bytea;
    part text;
BEGIN
    INSERT INTO audit_head (id, last_id, hash) SELECT 1, 0, decode(repeat('00', 32), 'hex')
        WHERE NOT EXISTS (SELECT FROM audit_head WHERE id = 1) ON CONFLICT DO NOTHING;
    SELECT head.last_id, head.hash INTO last, previous FROM audit_head AS head WHERE head.id = 1 FOR UPDATE;
    last := last + 1;
    told := int4send(length(previous)) || previous;
    FOREACH part IN ARRAY ARRAY[
        '=' || last, '=' || NEW.at, '=' || NEW.actor, '=' || NEW.action, coalesce('=' || NEW.referral_id, '-'),
        '=' || NEW.detail
    ] LOOP
        told := told || int4send(length(convert_to(part, 'UTF8'))) || convert_to(part, 'UTF8');
    END LOOP;
    UPDATE audit SET id = last, previous_hash = previous, hash = sha256(told) WHERE id = NEW.id;
    UPDATE audit_head SET last_id = last, hash = sha256(told) WHERE id = 1;
    RETURN NULL;
END $$
"""
CHAINED = """
CREATE CONSTRAINT TRIGGER audit_chained AFTER INSERT ON audit DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (NEW.id < 0) EXECUTE FUNCTION chain_audit()
"""
for statement in (CHAIN, CHAINED):
    event.listen(AuditRecord.__table__, "after_create", DDL(statement).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]
