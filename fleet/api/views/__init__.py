"""The REST API's views of facts, a module for each kind."""
