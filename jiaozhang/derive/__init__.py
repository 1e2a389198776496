"""What follows from a record on a day: pure functions of (record, as_of)."""

from jiaozhang.derive.year import Derived, DerivedTask, DerivedYear, derive, derive_year

__all__ = ["Derived", "DerivedTask", "DerivedYear", "derive", "derive_year"]
