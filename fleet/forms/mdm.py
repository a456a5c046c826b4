"""Naming an MDM source, and deciding which device a held record is about."""
