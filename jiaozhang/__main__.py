"""`python -m jiaozhang` is what build.py starts inside the virtual environment."""

import gc
import sys

from jiaozhang.cli.main import main

if "serve" not in sys.argv:
    # A build makes trees, no rings, and ends: looking for rings would cost a tenth of it.
    gc.disable()
raise SystemExit(main())
