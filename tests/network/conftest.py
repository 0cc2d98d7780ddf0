"""One practice for each engine and module, with people who have accounts of their own; servers to be killed."""

from collections.abc import Iterator

import pytest

from tests.network.own_server import OwnServer
from tests.support.places import ServerKind
from tests.support.server_practice import server_kind, server_practice

__all__ = ["own_server", "server_kind", "server_practice"]


@pytest.fixture(scope="session", params=list(ServerKind), ids=lambda kind: kind.value)
def own_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    """A server that is nobody else's; whoever kills it or sets it up otherwise puts that right again."""
    with OwnServer(ServerKind(request.param), tmp_path_factory.mktemp("own")) as server:
        yield server
