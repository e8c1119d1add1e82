"""Acts of follow-up; one function is one act."""
