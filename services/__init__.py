"""What lasts: conversations, referrals, receipts, the outbox; in SQLite or PostgreSQL."""
