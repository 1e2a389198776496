"""Types of identifiers (numbers and slugs), distinct so that they cannot be confused."""

from __future__ import annotations

from typing import NewType

Year = NewType("Year", int)
TaskNumber = NewType("TaskNumber", int)
SectionNumber = NewType("SectionNumber", int)
UnitId = NewType("UnitId", str)
DistrictId = NewType("DistrictId", str)
LeaderId = NewType("LeaderId", str)
