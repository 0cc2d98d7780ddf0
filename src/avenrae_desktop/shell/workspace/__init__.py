"""What is on screen once somebody is signed in: rail, command bar, places for the panels, status line."""
