"""The simulator: what it makes up, how it sends, and what a server makes of it."""
