"""Usage of lines: read from carriers' files and pushes, kept by line and period, held against tariffs."""
