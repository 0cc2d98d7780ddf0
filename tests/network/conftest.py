"""One practice for each engine and module, with people who have accounts of their own."""

from tests.support.server_practice import server_kind, server_practice

__all__ = ["server_kind", "server_practice"]
