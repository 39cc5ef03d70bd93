"""Who said what, through whom, since when, and whether it still stands."""

import os

# The neural runtime's maker compiles its telemetry in, and on: it reads this variable when it is first imported, whoever
# imports it. Nothing leaves this machine unless a person asks for it, whatever the environment says.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
