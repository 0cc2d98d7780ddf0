"""Reports: what the practice's data say, read only."""
