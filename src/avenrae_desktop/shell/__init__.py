"""The window around the areas: first run, sign-in, navigation, command bar."""
