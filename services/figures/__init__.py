"""Counts: the board of this moment, what monitoring reads, and the yearly figures with what they hide."""
