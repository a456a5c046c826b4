"""Comments said elsewhere become threads: read, planned, and only then written."""
