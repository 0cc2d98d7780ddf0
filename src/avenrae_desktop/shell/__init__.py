"""The window: coming in, the places for the areas' panels, settings, lock. Knows areas, not how they store."""
