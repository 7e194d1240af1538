"""Plots about something that is to come: a visitor, a harvest."""

# ruff: noqa: E501  (a sentence or a row of a table is one line, however long)

from __future__ import annotations

from gradelib.lab.village.grammar import Nodes, fork, let
from gradelib.lab.village.lexicon import TEMPLATES

one_of, maybe = TEMPLATES.one_of, TEMPLATES.maybe


# letter: what the letter promises in the first lines is brought, or not, in the last.
_LETTER_COMES: Nodes = (
    one_of(
        "Then {place.sound}, and from the {place.by} stepped {hero.his} {kin}.",
        "At last {place.sound}, and a familiar hat appeared: it was {hero.his} {kin}!",
        "People pushed past with boxes and bags, then {place.sound} once more, and there was {hero.his} {kin}.",
    ),
    fork(
        (
            0.55,
            (
                let("feeling", "joy"),
                one_of(
                    "Out of {kin.his} bag {kin.he} took the {adj} {thing}, and {hero} {:joy/hero}.",
                    "{Hero} {:joy/hero} and did not even ask about the {thing}.",
                    '"Here is your {thing}," said {hero.his} {kin}, and {hero} {:joy/hero}.',
                ),
            ),
        ),
        (
            0.45,
            (
                let("feeling", "love"),
                one_of(
                    "{Hero} ran into {kin.his} arms, and they stood there until the {place.by} had left again.",
                    '"You have grown," said {hero.his} {kin} and could hardly speak, and {hero} hid {hero.his} face in the old familiar coat.',
                    "The {thing} had got lost on the way, but {hero} only wanted to hold {kin.his} hand.",
                ),
            ),
        ),
    ),
)
_LETTER_STAYS_AWAY: Nodes = (
    one_of(
        "Then {place.sound}, and many people arrived, but {hero.his} {kin} was not among them.",
        "The last {place.by} came and went, and {hero} was still alone {place.at}.",
    ),
    fork(
        (
            0.5,
            (
                let("feeling", "sadness"),
                one_of(
                    "There was only a parcel with the {adj} {thing} in it, and {hero} {:sadness/hero}.",
                    "{Hero} {:sadness/hero}, for the {thing} was not what {hero.he} had been waiting for.",
                ),
            ),
        ),
        (
            0.25,
            (
                let("feeling", "surprise"),
                one_of(
                    "But at home {hero} {:surprise/hero}: {hero.his} {kin} had come by another road and was sitting at the table with the {adj} {thing}.",
                    "Then somebody tapped {hero.him} on the shoulder, and {hero} {:surprise/hero}: it was {friend:others}, who had been away for seven years.",
                ),
            ),
        ),
        (
            0.25,
            (
                let("feeling", "anger"),
                one_of(
                    "The next day there was a card with three words on it, and {hero} {:anger/hero}.",
                    "It was the third time that {kin.he} had broken {kin.his} word, and {hero} {:anger/hero}.",
                ),
            ),
        ),
    ),
)
LETTER: Nodes = (
    let("plot", "letter"),
    one_of(
        "{Day:post_days} the postman brought {hero:people} a letter from {hero.his} {kin:kin}, who lived [in|near] {:towns}.",
        "{Hero:people}'s {kin:kin} had gone to {:cities} two years before, and now there was a letter.",
        "{Hero:people} had not seen {hero.his} {kin:kin} since {:autumns}, when a letter came from {:towns}.",
    ),
    one_of(
        '"I am coming on {:visit_days} and bringing you {+thing:things}{adj:adjs.a} {thing}," it said.',
        "In it was the promise of a visit on {:visit_days} and of {+thing:things}{adj:adjs.a} {thing}.",
        '"Meet me on {:visit_days}," it said, "and guess what I have for you: {+thing:things}{adj:adjs.a} {thing}!"',
    ),
    one_of(
        "{Hero} read it [twice|three times|until {hero.he} knew it by heart] and {:joy/hero}.",
        "{Hero} put the letter under {hero.his} pillow and counted the days.",
        "{Hero} hung the letter on the wall and drew a [sun|heart|ship] beside it.",
        "{Hero} swept the house and made {:foods}.",
    ),
    one_of(
        "On that day {hero.he} stood {place:arrivals.at} long before the {place.by} was due.",
        "When the day came, {hero.he} waited {place:arrivals.at}, while {:weathers}.",
        "{Hero.he} was the first {place:arrivals.at}, with {:colours} flowers in {hero.his} hand.",
    ),
    maybe(
        0.35,
        "An hour passed, and then another.",
        "A dog lay down at {hero.his} feet and waited too.",
        "The clock on the tower struck three, four, five.",
        "The {helper:helpers} came past and said that the {place.by} was often late.",
        "{Hero} walked up and down and looked into the distance.",
    ),
    fork((0.6, _LETTER_COMES), (0.4, _LETTER_STAYS_AWAY)),
)

# growing: what is planted in the first lines decides what harms it and what it is good for.
GROWING: Nodes = (
    let("plot", "growing"),
    one_of(
        "[Early in spring|One mild morning|On the first warm day] {hero:people}'s {kin:kin} gave {hero.him} {thing:plants.a} in a little pot, and {hero.he} planted it {thing.where}.",
        "{Hero:people} planted {thing:plants.a} {thing.where} and put a little sign with {hero.his} name beside it.",
        "In {hero:people}'s garden, {+thing:plants}{thing.where}, there stood {thing.a} that {hero.he} had grown from a seed.",
    ),
    one_of(
        "{Hero.he} watered it every [morning|evening] and told it [stories|secrets|jokes].",
        "At first only two tiny leaves could be seen, and {friend:others} laughed at them.",
        "It grew so slowly that {hero.his} {aunt:kin} shook {aunt.his} head.",
    ),
    one_of(
        "Then came {thing.pest}, and the next morning the {thing} looked half dead.",
        "The {helper:helpers}, who was {:acts}, warned {hero.him} about {thing.pest}.",
        "Before {thing.when} came, {thing.pest} nearly put an end to it, and {hero} {:sadness/hero}.",
    ),
    one_of(
        "{Hero} sat beside it [with a lamp|under an umbrella|with a drum] for three nights.",
        "{Hero} covered the {thing} with {hero.his} own [coat|blanket|straw hat].",
        "Nobody would have given a penny for the {thing} now, but {hero} did not give up.",
    ),
    fork(
        (
            0.55,
            (
                let("feeling", "joy"),
                one_of(
                    "In the end it was enough for {thing.use}, and {hero} {:joy/hero}.",
                    "In {thing.when} it was enough for {thing.use}, and everybody asked {hero} how {hero.he} had done it.",
                ),
            ),
        ),
        (
            0.2,
            (
                let("feeling", "surprise"),
                one_of(
                    "One morning {hero} {:surprise/hero}: overnight the {thing} had grown as high as the roof.",
                    "Long after everybody had given it up, {hero} {:surprise/hero}: there, {thing.where}, the {thing} was in bloom.",
                ),
            ),
        ),
        (
            0.25,
            (
                let("feeling", "sadness"),
                one_of(
                    "But when {thing.when} came, the {thing} withered, and {hero} {:sadness/hero}.",
                    "It was not enough for {thing.use}, and {hero} {:sadness/hero}.",
                ),
            ),
        ),
    ),
)
