"""Setting up a practice server: the account, the checks, the practice, the plan, and the file for other desks."""
