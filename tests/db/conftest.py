"""A practice and somebody who writes to its database past the program.

One database of each kind serves all tests here that write bookings by raw SQL alone, because making one takes
longer than such a test: `raw` begins without bookings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.db.market import Market
from tests.db.outsider import Keys, Outsider
from tests.support.engines import EngineKind, Place, empty_place, fill
from tests.support.practice import Practice, make_practice


@dataclass(frozen=True)
class Shared:
    place: Place
    practice: Practice
    keys: Keys


@pytest.fixture(scope="session", params=list(EngineKind), ids=str)
def shared(
    request: pytest.FixtureRequest,
    run_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    template_file: Path,
) -> Iterator[Shared]:
    with empty_place(EngineKind(request.param), run_folder, tmp_path_factory.mktemp("shared")) as place:
        fill(place, template_file)
        engine = place.open()
        practice = make_practice(engine)
        yield Shared(place, practice, Keys.of(practice))
        engine.dispose()


@pytest.fixture
def keys(shared: Shared) -> Keys:
    return shared.keys


@pytest.fixture(params=[True, False], ids=["careful", "careless"])
def raw(request: pytest.FixtureRequest, shared: Shared) -> Iterator[Outsider]:
    """With the safeguards of a connection, and with every one of them dropped (foreign keys, strictness)."""
    with Outsider(shared.place, careless=not request.param) as outsider:
        outsider.empty()
        yield outsider


@pytest.fixture(scope="session")
def fair(
    shared_kind: EngineKind, run_folder: Path, tmp_path_factory: pytest.TempPathFactory, template_file: Path
) -> Iterator[Shared]:
    """As `shared`, for what can never be deleted again: products, events, the ledger and all that they name."""
    with empty_place(shared_kind, run_folder, tmp_path_factory.mktemp("fair")) as place:
        fill(place, template_file)
        engine = place.open()
        practice = make_practice(engine)
        yield Shared(place, practice, Keys.of(practice))
        engine.dispose()


@pytest.fixture(scope="session", params=list(EngineKind), ids=str)
def shared_kind(request: pytest.FixtureRequest) -> EngineKind:
    return EngineKind(request.param)


@pytest.fixture(params=[True, False], ids=["careful", "careless"])
def market(request: pytest.FixtureRequest, fair: Shared) -> Iterator[Market]:
    """Somebody who sells by raw SQL, with the safeguards of a connection and without."""
    with Outsider(fair.place, careless=not request.param) as outsider:
        yield Market(outsider, fair.keys)
