"""The forms of rollouts' pages; rules that need more than the form's own fields are the verbs' to keep."""
