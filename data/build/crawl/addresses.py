"""Make up an address for each document, on hosts that are reserved for examples."""

from __future__ import annotations

import re

from data.build.crawl.draft import Draft
from data.build.crawl.texts import Writer, pools

ENDS = ("org", "com", "net")


def addresses(writer: Writer, drafts: list[Draft]) -> list[str]:
    """Return one address for each document, no two of them the same."""
    known = pools("pools")
    hosts = [
        f"{one}{two}.example.{end}"
        for one in known["host_first"]
        for two in known["host_second"]
        for end in ENDS
    ]
    hosts = writer.some(hosts, 180)
    sites = {site: hosts.pop() for site in dict.fromkeys(d.site for d in drafts) if site}
    found: dict[str, None] = {}
    for draft in drafts:
        address = ""
        while not address or address in found:
            # a few hosts have most of the pages
            other = hosts[int(len(hosts) * writer.rng.random() ** 2)]
            address = _address(writer, sites.get(draft.site, other), draft.text)
        found[address] = None
    return list(found)


def _address(writer: Writer, host: str, text: str) -> str:
    section, number = writer.word("section"), writer.number(10, 99999)
    slug = "-".join(re.findall(r"[a-z]+", text.lower())[: writer.number(2, 5)])
    path = writer.one(
        [
            f"{section}/{number}",
            f"{section}/{slug or number}",
            f"{writer.number(2006, 2023)}/{writer.number(1, 12):02d}/{slug or number}.html",
            f"index.php?id={number}",
            f"{section}.html?p={number}",
            f"{slug or section}-{number}",
        ]
    )
    return f"https://{writer.one(['www.', '', ''])}{host}/{path}"
