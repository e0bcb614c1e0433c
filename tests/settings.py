"""The product's settings for a test run: own data folder, quick password hashing, mail in memory.

In: the environment (DATABASE_URL and BROKER_URL choose where the tests run). Out: settings.
"""

import os
import tempfile

# Made before the product's settings are read, so that no test ever touches a real data folder.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="hiring-tests-")
os.environ["HIRING_MODE"] = "embedded"

from hiring.settings import *  # noqa: F403

# The fonts of briefs take seconds to cut: kept between runs and shared by parallel ones.
_FONTS = BASE_DIR / ".pytest_cache" / "fonts"  # noqa: F405
_FONTS.mkdir(parents=True, exist_ok=True)
(DATA_DIR / "fonts").symlink_to(_FONTS)  # noqa: F405

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # A file as in the product: a database in memory has other locks, and threads would share one connection.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}  # noqa: F405
