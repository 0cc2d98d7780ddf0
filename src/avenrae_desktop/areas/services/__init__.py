"""Services: what is offered, by whom, where, how long and for how much."""
