"""The database: tables, engines, the unit of work. SQLAlchemy Core, no Qt, knows no area."""
