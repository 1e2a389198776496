"""Running functions in child processes, in parallel or with limits."""
