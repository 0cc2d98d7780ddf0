"""`database/seed.sql`: the story as a file for the servers' command line clients."""

from avenrae_desktop.bootstrap.sample.script.file import seed_script

__all__ = ["seed_script"]
