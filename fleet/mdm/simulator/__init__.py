"""An estate that pushes: made-up devices, what happens to them in a day, and senders that push it over HTTP."""
