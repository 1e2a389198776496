"""A ledger that a city settles in public: task data in git become a static site."""

VERSION = "0.2.0"
