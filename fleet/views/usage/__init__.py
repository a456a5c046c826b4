"""Usage of lines: carriers' bills come in, are read as somebody said, and are held against tariffs."""
