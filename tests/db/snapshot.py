"""Everything that a server knows about the structure of a database, as plain values to compare."""

from typing import Any

from sqlalchemy import URL

from tests.support.servers import execute

QUERIES = {
    "tables": (
        "SELECT table_name, engine, table_collation FROM information_schema.tables WHERE table_schema = '{db}'"
    ),
    "columns": (
        "SELECT table_name, ordinal_position, column_name, column_type, is_nullable, column_default, extra,"
        " character_set_name, collation_name FROM information_schema.columns WHERE table_schema = '{db}'"
    ),
    "indexes": (
        "SELECT table_name, index_name, seq_in_index, column_name, non_unique, collation"
        " FROM information_schema.statistics WHERE table_schema = '{db}'"
    ),
    "checks": (
        "SELECT constraint_name, check_clause FROM information_schema.check_constraints"
        " WHERE constraint_schema = '{db}'"
    ),
    "foreign_keys": (
        "SELECT k.table_name, k.constraint_name, k.ordinal_position, k.column_name, k.referenced_table_name,"
        " k.referenced_column_name, r.update_rule, r.delete_rule FROM information_schema.key_column_usage k"
        " JOIN information_schema.referential_constraints r ON r.constraint_schema = k.constraint_schema"
        " AND r.constraint_name = k.constraint_name WHERE k.constraint_schema = '{db}'"
    ),
    "triggers": (
        "SELECT trigger_name, event_object_table, action_timing, event_manipulation, action_statement"
        " FROM information_schema.triggers WHERE trigger_schema = '{db}'"
    ),
    "routines": (
        "SELECT routine_name, routine_type, routine_definition, sql_data_access, security_type"
        " FROM information_schema.routines WHERE routine_schema = '{db}'"
    ),
    "parameters": (
        "SELECT specific_name, ordinal_position, parameter_mode, parameter_name, dtd_identifier"
        " FROM information_schema.parameters WHERE specific_schema = '{db}'"
    ),
}


def snapshot(url: URL) -> dict[str, list[tuple[Any, ...]]]:
    """The structure of the URL's database, kind by kind; names of the database itself left out."""
    found = {kind: execute(url, query.format(db=url.database)) for kind, query in QUERIES.items()}
    name = str(url.database)
    return {
        kind: sorted(
            (tuple(v.replace(name, "DB") if isinstance(v, str) else v for v in row) for row in rows), key=repr
        )
        for kind, rows in found.items()
    }
