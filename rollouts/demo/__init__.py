"""Two made-up organisations for a first look: everything is generated, nobody in it exists."""
