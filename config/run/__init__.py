"""`make run`: the whole of Tranche as one process tree."""
