"""What is done to several rows at once: keyword-only functions that pages, API and commands share."""
