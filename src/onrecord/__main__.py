"""`python -m onrecord`, and the console script: interrupted while it still loads, it ends in one line too."""

import os
import sys


def start() -> None:
    """Carry out the command line."""
    try:
        from onrecord.cli.app import main

        main()
    except KeyboardInterrupt:
        os.write(2, b"error: interrupted \xc2\xb7 nothing was written \xc2\xb7 run it again\n")
        os._exit(130)


if __name__ == "__main__":
    start()
    sys.exit(0)
