"""Clients: the people who come. Their data, found by typing part of a name, phone number or e-mail."""
