"""What several files of these tests begin with, made once."""

import pytest


@pytest.fixture(scope="session")
def village_tokens():
    """The decoder's tokenizer, whose training takes seconds. Nobody may change it."""
    from data.training import decoder

    return decoder.tokenizer()
