"""The package's former name, which only says the new one."""

import sys

sys.exit("error: `portal` is called `jiaozhang` now: python -m jiaozhang …")
