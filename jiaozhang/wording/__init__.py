"""The words that readers see: symbols as Chinese words, standings as sentences."""
