"""The teacher's week: release, collect, grade, give feedback, export. nbgrader is the frame."""

import sys

# jsonschema imports this where it is there, which takes a second, for a format nobody here checks.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
