"""What the tests of the running application share."""

from __future__ import annotations

import pytest
from desks import begin, make_desk

__all__ = ["application", "begin", "make_desk"]


@pytest.fixture(autouse=True)
def application(qapp):
    """Have an application in every test, also where nothing asks for it."""
    return qapp
