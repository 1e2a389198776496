"""Reading files into values (text, YAML and TOML trees with positions, fields), and writing."""
