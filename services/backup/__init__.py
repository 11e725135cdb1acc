"""Backups: made in two folders, brought back, compared."""
