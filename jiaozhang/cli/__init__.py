"""The command line: verbs, options, and what is said to whoever called."""
