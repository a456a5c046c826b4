"""Surveys: made, opened to those who are asked, answered once each, closed and counted."""
