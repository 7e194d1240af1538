"""What several files of tests on the translators of notebook 05 begin with."""

from gradelib.topics.encoder_decoder.pairs import pairs
from solutions.encoder_decoder.reference import sequence_loss, shift_right
from tests.author.test_built_notebooks import ROOT

STORY = (ROOT / "notebooks" / "src" / "05_encoder_decoder.md").read_text(encoding="utf-8")
NEW = pairs("validation")
TEST = pairs("test")


def lesson(words):
    def loss(model, source_ids, target_ids):
        read, source = shift_right(target_ids, words.start), model.encode(source_ids)
        return sequence_loss(model.decode(read, source, source_ids), target_ids, words.pad)

    return loss
