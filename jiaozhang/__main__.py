"""Start the command line: `python -m jiaozhang`, as build.py does, or the command `jiaozhang`."""

import gc
import sys

from jiaozhang.cli.main import main


def start() -> None:
    """Run the call that this process was started with, and end with its exit code."""
    if "serve" not in sys.argv:
        # A build makes trees, no rings, and ends: looking for rings would cost a tenth of it.
        gc.disable()
    sys.exit(main())


if __name__ == "__main__":
    start()
