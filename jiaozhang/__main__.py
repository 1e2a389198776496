"""Entry point of `python -m jiaozhang`, of build.py and of the command `jiaozhang`."""

import gc
import sys

from jiaozhang.cli.main import main


def start() -> None:
    """Run the command line of this process, and exit with its code."""
    if "serve" not in sys.argv:
        # A build creates no reference cycles; the cyclic garbage collector costs 10 % of its time.
        gc.disable()
    sys.exit(main())


if __name__ == "__main__":
    start()
