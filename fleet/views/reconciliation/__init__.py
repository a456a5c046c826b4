"""Reconciliation: where do our records contradict each other, what is at stake, and who mends it?"""
