"""The product's settings with SQLite as Django sets it up by itself, to compare saving with."""

from hiring.settings import *  # noqa: F403

DATABASES["default"]["OPTIONS"] = {}  # noqa: F405
