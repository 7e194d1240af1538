"""What `[colab]` in course.toml may say, and the badge that opens a notebook there."""

from __future__ import annotations

import base64
from urllib.parse import urlsplit

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

__all__ = ["badge", "check_address", "check_install"]

COLAB = "https://colab.research.google.com/"
WHEEL = "the wheel that gradelib release writes, such as https://…/gradelib-0.1.0-py3-none-any.whl"
# Drawn here and held in the notebook, since a picture from elsewhere is broken without a network.
PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="112" height="20" role="img">\
<title>Open in Colab</title><rect width="112" height="20" rx="4" fill="#444"/>\
<circle cx="13" cy="10" r="4" fill="none" stroke="#f9ab00" stroke-width="2.5"/>\
<circle cx="21" cy="10" r="4" fill="none" stroke="#f9ab00" stroke-width="2.5"/>\
<text x="67" y="14" fill="#fff" font-family="Verdana,sans-serif" font-size="11" \
text-anchor="middle">Open in Colab</text></svg>"""


def check_install(text: str) -> str:
    """Return what pip is to install on Colab: a wheel's https address, or a name of the index.

    Raises ValueError for all else: above all for a repository, which has the solutions in it.
    """
    parts = urlsplit(text)
    if "git+" in text or parts.path.endswith(".git"):
        said = (
            "install takes no repository, since pip fetches all of it, the solutions too: write "
            f"the address of {WHEEL}"
        )
        raise ValueError(said)
    if not text or (parts.scheme == "https" and parts.netloc and _is_wheel(parts.path)):
        return text
    try:
        required = Requirement(text)
    except InvalidRequirement:
        required = None
    if required is None or required.url or required.extras or required.marker:
        said = f"install takes the https address of {WHEEL}, or a name such as gradelib==0.1.0"
        raise ValueError(said)
    return text


def _is_wheel(path: str) -> bool:
    try:
        parse_wheel_filename(path.rpartition("/")[2])
    except InvalidWheelFilename:
        return False
    return True


def check_address(text: str) -> str:
    """Return where Colab opens the notebooks, without a slash at the end. Raises ValueError."""
    if text and not text.startswith(COLAB):
        said = (
            "notebooks takes the address at which Colab opens them, such as "
            f"{COLAB}github/OWNER/REPOSITORY/blob/BRANCH"
        )
        raise ValueError(said)
    return text.rstrip("/")


def badge(address: str, notebook: str) -> str:
    """Return the Markdown of a badge that opens `NN_topic` on Colab."""
    picture = base64.b64encode(PICTURE.encode()).decode()
    data = f"data:image/svg+xml;base64,{picture}"
    return f"[![Open in Colab]({data})]({address}/{notebook}.ipynb)"
