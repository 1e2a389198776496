"""`python -m portal` is what build.py starts inside the virtual environment."""

from portal.cli import main

raise SystemExit(main())
