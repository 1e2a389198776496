"""Derived values: pure functions of a record and a day (`as_of`)."""

from jiaozhang.derive.year import Derived, DerivedTask, DerivedYear, derive, derive_year

__all__ = ["Derived", "DerivedTask", "DerivedYear", "derive", "derive_year"]
