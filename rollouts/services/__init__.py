"""What people do to programmes and tranches, and what is worked out from the facts; a module a subject."""
