"""The command line: verbs, options and console output."""
