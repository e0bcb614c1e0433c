"""What the tests of files share: a storage of their own."""

from __future__ import annotations

import pytest


@pytest.fixture
def storage(settings, tmp_path):
    """The storage of this test alone."""
    folder = tmp_path / "files"
    options = {"BACKEND": "hiring.storage.WholeFiles", "OPTIONS": {"location": str(folder)}}
    settings.STORAGES = {**settings.STORAGES, "default": options}
    return folder
