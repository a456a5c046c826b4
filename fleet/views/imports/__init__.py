"""Imports: a file comes in, is checked, confirmed, applied, and undone where it was wrong."""
