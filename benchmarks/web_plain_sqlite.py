"""The product's settings with SQLite as Django sets it up by itself, to compare saving with."""

from hiring.settings import *  # noqa: F403

DATABASES["default"] |= {"OPTIONS": {}, "CONN_MAX_AGE": 0}  # noqa: F405
