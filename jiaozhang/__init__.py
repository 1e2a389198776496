"""Static sites of a city's promises and their progress, generated from task data in git."""

VERSION = "0.2.0"
