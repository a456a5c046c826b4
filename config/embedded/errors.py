class EmbeddedServerError(Exception):
    """An embedded server cannot be started; the message says why and what to do."""
