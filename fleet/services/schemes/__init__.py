"""Classification schemes: how one becomes another, what a switch would change, and the switch itself."""
