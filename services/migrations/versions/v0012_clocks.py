"""Since when each referral waits, and when it came to each of its states."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

CLOCKS = """
INSERT INTO referral_clocks (referral_id, begun_at, free_since, answered_at, wrote_at)
SELECT id, created_at, created_at,
    (SELECT min(m.created_at) FROM messages m WHERE m.referral_id = r.id AND m.author = 'coordination'),
    (SELECT min(m.created_at) FROM messages m WHERE m.referral_id = r.id AND m.author <> 'coordination'
        AND m.id > (SELECT coalesce(max(o.id), 0) FROM messages o
                    WHERE o.referral_id = r.id AND o.author = 'coordination'))
FROM referrals r
"""
DECIDED = """
UPDATE referral_clocks SET answered_at = (
    SELECT min(a.at) FROM audit a WHERE a.referral_id = referral_clocks.referral_id AND a.detail LIKE 'declined:%')
WHERE answered_at IS NULL
"""
STEPS = """
INSERT INTO referral_steps (referral_id, step, at)
SELECT referral_id, step, at FROM (
    SELECT id AS referral_id, 'received' AS step, created_at AS at, 0 AS number FROM referrals
    UNION ALL SELECT a.referral_id,
        CASE WHEN a.action = 'set_state' AND a.detail LIKE 'declined:%' THEN 'declined' WHEN a.action = 'set_state'
            THEN 'closed' ELSE a.action END, a.at, a.id
    FROM audit a JOIN referrals r ON r.id = a.referral_id
    WHERE a.action IN ('claimed', 'withdrawn')
        OR (a.action = 'set_state' AND (a.detail LIKE 'declined:%' OR a.detail = 'closed'))
    UNION ALL SELECT referral_id, 'answered', answered_at, 0 FROM referral_clocks WHERE answered_at IS NOT NULL
) AS found ORDER BY at, number
"""


def upgrade() -> None:
    """Add two tables, and fill them from what is known of the referrals that there are."""
    op.create_table(
        "referral_clocks",
        sa.Column("referral_id", sa.String(), nullable=False),
        sa.Column("begun_at", big_int, nullable=False),
        sa.Column("free_since", big_int, nullable=False),
        sa.Column("answered_at", big_int, nullable=True),
        sa.Column("wrote_at", big_int, nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_referral_clocks_referral_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_referral_clocks")),
    )
    op.create_index(op.f("ix_referral_clocks_begun_at"), "referral_clocks", ["begun_at"])
    op.create_index(op.f("ix_referral_clocks_wrote_at"), "referral_clocks", ["wrote_at"])
    op.create_table(
        "referral_steps",
        sa.Column("id", big_int, nullable=False),
        sa.Column("referral_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("at", big_int, nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_referral_steps_referral_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_steps")),
    )
    op.create_index(op.f("ix_referral_steps_referral_id"), "referral_steps", ["referral_id"])
    op.create_index("ix_referral_steps_step", "referral_steps", ["step", "at", "referral_id"])
    for statement in (CLOCKS, DECIDED, STEPS):
        op.execute(statement)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("referral_steps")
    op.drop_table("referral_clocks")
