"""The pages of MDM intake: sources with their tokens, deliveries, conflicts."""
