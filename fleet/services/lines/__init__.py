"""Phone lines: what becomes of a number, and what it is used for."""
