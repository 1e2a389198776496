"""Find personal numbers (ids, telephones, cards …) in text."""
