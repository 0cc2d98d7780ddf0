"""Settings: my account, the look, the team, hours, the practice, and what this program is made of."""
