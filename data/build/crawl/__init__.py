"""Write the small crawl of notebook 09: pages as the web brings them, and what is true of each."""

from data.build.crawl.assemble import crawl

__all__ = ["crawl"]
