"""A referral's longer life: what was accepted is being searched for, or is a liaison that somebody holds."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

big_int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add when it was acknowledged, and give each referral its place in the new table."""
    op.add_column("referrals", sa.Column("acknowledged_at", big_int, nullable=True))
    op.execute("UPDATE referrals SET state = 'claimed' WHERE state = 'accepted' AND (liaison OR age_group = 'minor')")
    op.execute("UPDATE referrals SET state = 'searching' WHERE state = 'accepted'")
    op.execute("UPDATE referrals SET state = 'acknowledged', acknowledged_at = created_at WHERE state = 'received'")


def downgrade() -> None:
    """Back to six states; what the longer life told is lost."""
    op.execute("UPDATE referrals SET state = 'received' WHERE state IN ('acknowledged', 'reopened')")
    op.execute("UPDATE referrals SET state = 'declined' WHERE state IN ('transferred', 'contact_lost', 'did_not_come')")
    op.execute(
        "UPDATE referrals SET state = 'accepted' WHERE state NOT IN "
        "('received', 'claimed', 'accepted', 'declined', 'closed', 'withdrawn')"
    )
    op.execute("UPDATE referrals SET state = 'received' WHERE state IN ('claimed', 'accepted') AND claimed_by IS NULL")
    op.drop_column("referrals", "acknowledged_at")
