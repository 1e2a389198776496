"""Numbers of persons in a text: how it is put into one spelling, and what is found in it."""
