"""Pages that list tasks or records: by section, unit, district, deadline, period."""
