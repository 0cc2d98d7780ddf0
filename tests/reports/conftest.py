"""A practice at random, filled once for all tests of a module: reports alter nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from avenrae_desktop.areas.reports.repository import ReportReads
from avenrae_desktop.db.schema import create_schema
from tests.reports.oracle import Oracle
from tests.reports.world import NOW, ZONE, fill
from tests.support.engines import EngineKind, empty_place


@dataclass
class Practice:
    engine: sa.Engine
    reads: ReportReads
    oracle: Oracle


@pytest.fixture(scope="module", params=list(EngineKind), ids=str)
def practice(
    request: pytest.FixtureRequest, run_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Practice]:
    with empty_place(request.param, run_folder, tmp_path_factory.mktemp("reports")) as place:
        engine = place.open()
        create_schema(engine)
        fill(engine)
        yield Practice(engine, ReportReads(engine, lambda: ZONE, lambda: NOW), Oracle(engine, ZONE, NOW))
        engine.dispose()
