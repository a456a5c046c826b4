"""An estate that pushes: made-up devices, what happens to them, and senders that push it over HTTP."""
