"""The audit is chained by PostgreSQL itself, at the commit."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

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


def upgrade() -> None:
    """Add a function and its trigger; SQLite has neither."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(CHAIN)
        op.execute(CHAINED)


def downgrade() -> None:
    """Take them away."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_chained ON audit")
        op.execute("DROP FUNCTION chain_audit()")
