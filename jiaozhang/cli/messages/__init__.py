"""The words of the command line, in both languages: the help of verbs, and their results."""
