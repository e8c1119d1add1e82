"""Sign-in, sessions, and for whom somebody acts."""
