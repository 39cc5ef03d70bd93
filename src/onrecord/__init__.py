"""Who said what, through whom, since when, and whether it still stands."""

import os

# The neural runtime has its maker's telemetry compiled in, and on; it reads this variable when it is first imported, by
# whomever. Nothing leaves this machine unless a person asks for it, whatever the environment says.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
