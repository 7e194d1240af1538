"""One folder a notebook: what is asked, what was recorded of the answers, its own pictures."""
