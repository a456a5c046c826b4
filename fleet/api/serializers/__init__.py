"""How facts look in the REST API, a module for each kind."""
