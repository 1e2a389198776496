"""What things are called by: numbers and slugs that must not be mixed up."""

from __future__ import annotations

from typing import NewType

Year = NewType("Year", int)
TaskNumber = NewType("TaskNumber", int)
SectionNumber = NewType("SectionNumber", int)
UnitId = NewType("UnitId", str)
DistrictId = NewType("DistrictId", str)
LeaderId = NewType("LeaderId", str)
