"""Fork kernels and shut them in. Staged whole into kernels; does not ship to students."""

import sys

# jsonschema imports this where it is there, which takes a second, for a format nobody here checks.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
