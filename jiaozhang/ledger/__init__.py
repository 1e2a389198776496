"""The data model: filed records, and the part of them that an audience may see."""
