"""The teacher's week: release, collect, grade, give feedback, export. It stands on nbgrader."""

import sys

# jsonschema imports this where it is there, which takes a second, for a format nobody here checks.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
