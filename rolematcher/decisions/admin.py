"""Decisions in the admin: found, read, exported, deleted and brought back."""
