"""The pages of rollouts: each loads what its reader may see, binds a form and calls one verb."""
