"""How much of the large inputs a run takes: all of them by `make test-thorough`, else a fixed sample."""

from __future__ import annotations

import os

THOROUGH = os.environ.get("TEST_THOROUGH") == "1"
# Of the reference texts every so many are taken.
STEP = 1 if THOROUGH else 5
# So many random histories are played.
HISTORIES = 500 if THOROUGH else 80
