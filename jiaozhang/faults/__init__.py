"""What is wrong, and where: diagnostics, their messages, and how they are printed."""
