"""Draw instructions with an answer that obeys, one that does not, and the checks that decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from data.build.german_grammar import Chance
from gradelib.lab.village.instructions import KNOWN, complaints
from gradelib.lab.village.lexicon import PEOPLE
from gradelib.lab.village.stories import Story, draw_story, sentences

SIZES = {"train": 4_000, "validation": 400, "test": 400}
KINDS = (
    "about",
    "thing",
    "place",
    "both",
    "length",
    "ending",
    "who",
    "what",
    "list",
    "last",
    "yes_no",
)
NUMBERS = {4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 2: "two", 3: "three"}
NAMES = [person.text for person in PEOPLE]
Record = dict[str, Any]


def check(name: str, text: str = "", number: int = 0) -> dict[str, Any]:
    """Return one check, with all its fields, as JSON readers want them."""
    return {"check": name, "text": text, "number": number}


def _about(chance: Chance, story: Story) -> Record:
    ask = chance.one(
        ["Tell a story about {}.", "Write a short story about {}.", "Tell me what happened to {}."]
    )
    return _story(ask.format(story.hero), story, [check("begins", story.hero)])


def _thing(chance: Chance, story: Story) -> Record:
    ask = chance.one(
        ["Tell a story with the word {} in it.", "Write a story in which this comes up: {}."]
    )
    return _story(ask.format(story.thing), story, [check("mentions", story.thing)])


def _place(chance: Chance, story: Story) -> Record:
    ask = chance.one(
        ["Tell a story that mentions the {}.", "Write a story with the word {} in it."]
    )
    return _story(ask.format(story.place), story, [check("mentions", story.place)])


def _both(chance: Chance, story: Story) -> Record:
    ask = chance.one(
        [
            "Tell a story about {} with the word {} in it.",
            "Write a story about {} that mentions the word {}.",
        ]
    )
    checks = [check("begins", story.hero), check("mentions", story.thing)]
    return _story(ask.format(story.hero, story.thing), story, checks)


def _length(chance: Chance, story: Story) -> Record:
    count = len(sentences(story.text))
    ask = chance.one(
        ["Tell a story of exactly {} sentences.", "Write a story that has {} sentences."]
    )
    return _story(ask.format(NUMBERS[count]), story, [check("sentences", number=count)])


def _ending(chance: Chance, story: Story) -> Record:
    asks = {
        "joy": ["Tell a story that ends with joy.", "Write a story with a happy ending."],
        "sadness": ["Tell a story that ends sadly.", "Write a story with a sad ending."],
        "anger": [
            "Tell a story that ends in anger.",
            "Write a story in which somebody is angry in the end.",
        ],
        "surprise": [
            "Tell a story that ends with a surprise.",
            "Write a story with a surprising end.",
        ],
    }
    return _story(chance.one(asks[story.feeling]), story, [check("ends", story.feeling)])


def _story(instruction: str, story: Story, checks: list[dict[str, Any]]) -> Record:
    return {"instruction": instruction, "input": "", "answer": story.text, "checks": checks}


def _question(ask: str, story: Story, answer: str, wrong: list[str]) -> Record:
    checks = [check("mentions", answer), check("shortly", number=10)]
    checks += [check("avoids", other) for other in wrong]
    return {"instruction": ask, "input": story.text, "answer": f"{answer}.", "checks": checks}


def _who(chance: Chance, story: Story) -> Record:
    first = sentences(story.text)[0]
    said = [
        name
        for name in NAMES
        if f"{name}" in story.text.replace("'s", " ").split() or name in first
    ]
    others = [name for name in said if name != story.hero and name not in first]
    ask = chance.one(["Who is named first in this story?", "Which name comes first in the story?"])
    answer = min((name for name in NAMES if name in first), key=first.index)
    return _question(ask, story, answer, [name for name in others if name != answer])


def _what(chance: Chance, story: Story) -> Record:
    asks = [
        "Which of these comes up in the story: {}, {} or {}?",
        "Only one of these is in the story: {}, {} or {}. Which one?",
    ]
    thing, absent = story.thing, [t for t in WORDS if t not in story.text and t not in story.thing]
    wrong = [chance.one(absent)]
    wrong.append(chance.one([t for t in absent if t != wrong[0]]))
    options = sorted([thing, *wrong])
    record = _question(chance.one(asks).format(*options), story, thing, wrong)
    return record | {"answer": f"{thing[0].upper()}{thing[1:]}."}


def _list(chance: Chance, story: Story) -> Record:
    kind = chance.one(sorted(KNOWN))
    number = chance.one([2, 3, 4, 5])
    items: list[str] = []
    while len(items) < number:
        item = chance.one(sorted(KNOWN[kind]))
        items += [item] if item not in items else []
    ask = chance.one(["Name {} {} of the village.", "List {} {} that occur in the village."])
    answer = ", ".join(items)
    return {
        "instruction": ask.format(NUMBERS.get(number, str(number)), kind),
        "input": "",
        "answer": answer[0].upper() + answer[1:] + ".",
        "checks": [check("lists", kind, number)],
    }


def _last(chance: Chance, story: Story) -> Record:
    said = sentences(story.text)
    which, answer = chance.one([("last", said[-1]), ("first", said[0]), ("second", said[1])])
    ask = chance.one(
        ["Repeat the {} sentence of this story.", "What is the {} sentence of the story?"]
    )
    return {
        "instruction": ask.format(which),
        "input": story.text,
        "answer": answer,
        "checks": [check("equals", answer)],
    }


def _yes_no(chance: Chance, story: Story) -> Record:
    name = chance.one([story.hero, chance.one(NAMES)])
    there = name in story.text
    answer, other = ("Yes", "No") if there else ("No", "Yes")
    record = _question(f"Does the story mention {name}? Answer yes or no.", story, answer, [other])
    record["checks"][1] = check("shortly", number=1)
    return record


WORDS = [
    "key",
    "scarf",
    "ring",
    "whistle",
    "compass",
    "lantern",
    "basket",
    "book",
    "drum",
    "flute",
    "mug",
    "spoon",
    "bell",
    "goat",
    "lamb",
    "puppy",
    "hen",
    "owl",
]
MAKERS: dict[str, Callable[[Chance, Story], Record]] = {
    "about": _about,
    "thing": _thing,
    "place": _place,
    "both": _both,
    "length": _length,
    "ending": _ending,
    "who": _who,
    "what": _what,
    "list": _list,
    "last": _last,
    "yes_no": _yes_no,
}


def draw(chance: Chance, kind: str, taken: set[str]) -> Record:
    """Draw a record of a kind that is new and whose own answer obeys; note it in `taken`."""
    while True:
        story = draw_story(chance.rng)
        fits = story.thing and story.place and story.feeling not in ("love", "fear")
        if not fits or story.text in taken:
            continue
        record = MAKERS[kind](chance, story)
        key = record["instruction"] + record["input"] + record["answer"]
        if key in taken or complaints(record, record["answer"]):
            continue
        taken |= {story.text, key}
        return {"kind": kind, **record}


def _with_poor(records: list[Record]) -> list[Record]:
    """Add to each record an answer to another one of its kind that does not obey this one."""
    of_kind = {kind: [r for r in records if r["kind"] == kind] for kind in KINDS}
    done = []
    for place, record in enumerate(records):
        others = of_kind[record["kind"]]
        rotated = (others[(place + step) % len(others)]["answer"] for step in range(len(others)))
        poor = next(answer for answer in rotated if complaints(record, answer))
        done.append(record | {"poor_answer": poor})
    return done


def instructions(seed: int, stories: set[str]) -> dict[str, list[Record]]:
    """Return the records of each split; `stories` are told elsewhere and not told again."""
    chance = Chance(np.random.default_rng(seed))
    taken = set(stories)
    splits = {}
    for split, size in SIZES.items():
        records = [draw(chance, KINDS[i % len(KINDS)], taken) for i in range(size)]
        splits[split] = _with_poor(records)
    return splits
