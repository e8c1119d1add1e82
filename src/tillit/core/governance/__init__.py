"""What holds a partnership together: agreements, mandates, representation and commitments. Figures live elsewhere."""
