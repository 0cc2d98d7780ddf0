"""What a backup holds, written into it under the same seal: rows and checksums by table, triggers, structure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from avenrae_desktop.db.backup.sums import TableSum


@dataclass(frozen=True, slots=True)
class Manifest:
    """`structure` is a checksum of the file's structure (a file), `database` the database's name (a server)."""

    schema_version: int
    made_with: str
    """Which program wrote the data, with its version."""
    payload_bytes: int
    triggers: int
    routines: int
    tables: Mapping[str, TableSum]
    structure: str = ""
    database: str = ""

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def to_bytes(self) -> bytes:
        plain = {
            "schema_version": self.schema_version,
            "made_with": self.made_with,
            "payload_bytes": self.payload_bytes,
            "triggers": self.triggers,
            "routines": self.routines,
            "structure": self.structure,
            "database": self.database,
            "tables": {name: [table.rows, table.check] for name, table in self.tables.items()},
        }
        return json.dumps(plain, ensure_ascii=False).encode()


def read_manifest(raw: bytes) -> Manifest:
    """Raises ValueError, KeyError or TypeError for what is no manifest."""
    plain = json.loads(raw)
    return Manifest(
        schema_version=int(plain["schema_version"]),
        made_with=str(plain["made_with"]),
        payload_bytes=int(plain["payload_bytes"]),
        triggers=int(plain["triggers"]),
        routines=int(plain["routines"]),
        tables={str(name): TableSum(int(rows), str(check)) for name, (rows, check) in plain["tables"].items()},
        structure=str(plain["structure"]),
        database=str(plain["database"]),
    )
