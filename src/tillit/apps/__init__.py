"""What is kept: tables, acts and reads. Later stages know earlier ones, never back."""
