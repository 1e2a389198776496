"""Attachments of notes: formats and hidden content of images and PDFs."""
