"""What the simulator of an estate knows of rollouts."""
