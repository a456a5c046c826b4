"""Lines and their tariffs: lists, the page of each, and what becomes of a line."""
