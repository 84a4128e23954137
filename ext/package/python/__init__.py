"""An SQLite extension that audits claim lines billed under HCPCS code H2040.

    import sqlite3, h2040
    db = sqlite3.connect("billing.db")
    h2040.load(db)
    db.execute("SELECT claim_id, rule, message FROM h2040_audit('claims')")
"""

import os
import sys

__version__ = "@VERSION@"
__all__ = ["load", "loadable_path"]


def loadable_path():
    """The path of the library, to hand to whatever loads extensions."""
    suffix = {"darwin": "dylib", "win32": "dll"}.get(sys.platform, "so")
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "h2040." + suffix)


def load(connection):
    """Adds h2040's functions and tables to a connection of the sqlite3 module.

    The connection loads no other extension afterwards, unless you allow it.
    """
    if not hasattr(connection, "enable_load_extension"):
        raise RuntimeError(
            "h2040: the sqlite3 module of %s was built without loadable extensions; "
            "use an interpreter that has them, as Debian's /usr/bin/python3 does" % sys.executable)
    connection.enable_load_extension(True)
    try:
        connection.load_extension(loadable_path())
    finally:
        connection.enable_load_extension(False)
