"""What hurts, how much, and whom: reckoned from voices, with small groups put together."""
