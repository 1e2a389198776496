"""Files as values: their text, YAML and TOML with positions, tables of fields; and writing."""
