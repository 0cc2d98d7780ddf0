"""Qt building blocks that know no area of the practice."""
