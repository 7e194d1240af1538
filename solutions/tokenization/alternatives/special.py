"""Section 1.7, "Tokens that are no words": right answers in other forms."""


def build_pair__appending(a: list[int], b: list[int], cls: int, sep: int) -> dict[str, list[int]]:
    pair = {"input_ids": [cls], "token_type_ids": [0]}
    for part, ids in enumerate((a, b)):
        for number in [*ids, sep]:
            pair["input_ids"].append(number)
            pair["token_type_ids"].append(part)
    return pair


def build_pair__tokenizers(a: list[int], b: list[int], cls: int, sep: int) -> dict[str, list[int]]:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.processors import BertProcessing

    tokenizer = Tokenizer(WordLevel({str(number): number for number in [*a, *b, cls, sep]}))
    tokenizer.post_processor = BertProcessing((str(sep), sep), (str(cls), cls))
    parts = [list(map(str, ids)) for ids in (a, b)]
    encoded = tokenizer.encode(*parts, is_pretokenized=True)
    return {"input_ids": encoded.ids, "token_type_ids": encoded.type_ids}
