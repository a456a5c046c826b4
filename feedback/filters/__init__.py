from feedback.filters.threads import ThreadFilter

__all__ = ["ThreadFilter"]
