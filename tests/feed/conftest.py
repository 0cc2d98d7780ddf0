"""The feed is for servers: `place` and `db` are MySQL and MariaDB here."""

import pytest

from tests.support.engines import EngineKind


@pytest.fixture(params=["mysql", "mariadb"])
def engine_kind(request: pytest.FixtureRequest) -> EngineKind:
    return EngineKind(request.param)
