"""Plots about something that is to come: a visitor, a noise in the night, a harvest, a feast."""

from __future__ import annotations

from gradelib.lab.world.grammar import Nodes, fork, let
from gradelib.lab.world.lexicon import TEMPLATES

one_of, maybe = TEMPLATES.one_of, TEMPLATES.maybe


def letter() -> Nodes:
    """What the letter promises in the first lines is brought, or not, in the last."""
    comes = (
        one_of(
            "Then {place.sound}, and from the {place.by} stepped {hero.his} {kin}.",
            "At last {place.sound}, and a familiar hat appeared: it was {hero.his} {kin}!",
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
                        '"You have grown," said {hero.his} {kin} and could hardly speak, and {hero} hid {hero.his} face in {kin.his} coat.',
                        "The {thing} had got lost on the way, but {hero} only wanted to hold {kin.his} hand.",
                    ),
                ),
            ),
        ),
    )
    stays_away = (
        one_of(
            "Then {place.sound}, and there were many people, but {hero.his} {kin} was not among them.",
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
                        "But at home {hero} {:surprise/hero}: {hero.his} {kin} had come on foot and was sitting at the table with the {adj} {thing}.",
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
    return (
        let("plot", "letter"),
        one_of(
            "{Day:days} the postman brought {hero:people} a letter from {hero.his} {kin:kin}, who lived [in|near] {:towns}.",
            "{Hero:people}'s {kin:kin} had gone to {:cities} two years before, and now there was a letter.",
            "{Hero:people} had not seen {hero.his} {kin:kin} since {:autumns}, when a letter came from {:towns}.",
        ),
        one_of(
            '"I am coming on {:weekdays} and bringing you {+thing:things}{adj:adjs.a} {thing}," it said.',
            "In it was the promise of a visit on {:weekdays} and of {+thing:things}{adj:adjs.a} {thing}.",
        ),
        one_of(
            "{Hero} read it [twice|three times|until {hero.he} knew it by heart] and {:joy/hero}.",
            "{Hero} put the letter under {hero.his} pillow and counted the days.",
            "{Hero} swept the house and [baked|cooked|fetched] {:foods}.",
        ),
        one_of(
            "On that day {hero.he} stood {place:arrivals.at} long before the {place.by} was due.",
            "When the day came, {hero.he} waited {place:arrivals.at}, while {:weathers}.",
            "{Hero.he} was the first {place:arrivals.at}, with {:colours} flowers in {hero.his} hand.",
        ),
        maybe(
            0.35,
            "An hour passed, and then another.",
            "The {helper:helpers} came past and said that the {place.by} was often late.",
            "{Hero} walked up and down and looked into the distance.",
        ),
        fork((0.6, comes), (0.4, stays_away)),
    )


def noise() -> Nodes:
    """What made the noise in the first lines is known only in the last."""
    return (
        let("plot", "noise"),
        one_of(
            "In the middle of the night {hero:people} woke up: {:noises} came from the {place:dark_places}.",
            "For three nights {hero:people} had heard {:noises} from the {place:dark_places}.",
            "People said that there was a ghost {place:dark_places.at}, and now {hero:people} heard {:noises} there.",
        ),
        one_of("{Hero} {:fear/hero}.", "{Hero} sat up in bed and {:fear/hero}.", '"Who is there?" called {hero}, but nobody answered.'),
        one_of(
            "{Hero.he} took {tool:tools} and woke {friend:others}.",
            "With {tool:tools} in {hero.his} hand {hero.he} tiptoed to {friend:others}'s window.",
            "{Friend:others} had heard it too and was standing in the lane with {tool:tools}.",
        ),
        one_of(
            "Together they crept {place.to}, and [an owl hooted|a branch snapped|the moon went behind a cloud|the gate squeaked].",
            "{Friend} went first and {hero} held on to {friend.his} [belt|sleeve|coat].",
            "They pushed the door open a little, and {friend} {:fear/friend}.",
        ),
        maybe(
            0.4,
            "Two eyes shone {spot:spots}.",
            "Something moved {spot:spots}.",
            "There it was again: {:noises}!",
        ),
        fork(
            (
                0.7,
                (
                    let("feeling", "surprise"),
                    one_of(
                        "{Hero} took one more step and {:surprise/hero}: it was {thing:beasts.a}, and it {thing.sound} [softly|sleepily|crossly].",
                        "Then something {thing:beasts.sound}, and both of them [stared|burst out laughing|could not believe their eyes]: it was only {thing.a}.",
                        "No ghost was to be seen {place.at}, but {thing:beasts.a} looked out, and {hero} {:surprise/hero}.",
                    ),
                    maybe(
                        0.5,
                        "The next day {friend} brought the {thing} {thing.food}.",
                        "Since then the {thing} has belonged to {hero}, and it loves {thing.food}.",
                        '"Some ghost!" said {friend} and put {tool.the} away.',
                    ),
                ),
            ),
            (
                0.15,
                (
                    let("feeling", "fear"),
                    one_of(
                        "A cold hand touched {hero}'s neck, and {friend} {:fear/friend}; to this day they do not know what it was.",
                        "Then {tool.the} fell to the ground by itself, and both of them ran home without looking back.",
                    ),
                ),
            ),
            (
                0.15,
                (
                    let("feeling", "anger"),
                    one_of(
                        "It was the {helper:helpers}, who was {:acts} in the middle of the night, and {friend} {:anger/friend}.",
                        "Behind the door stood {hero}'s {kin:kin} with a white sheet and laughed, and {hero} {:anger/hero}.",
                    ),
                ),
            ),
        ),
    )


def growing() -> Nodes:
    """What is planted in the first lines decides what harms it and what it is good for."""
    return (
        let("plot", "growing"),
        one_of(
            "[Early in spring|One mild morning|On the first warm day] {hero:people}'s {kin:kin} gave {hero.him} {thing:plants.a}, no bigger than a thumb, and {hero.he} planted it {thing.where}.",
            "{Hero:people} planted {thing:plants.a} {thing.where} and put a little sign with {hero.his} name beside it.",
            "In {hero:people}'s garden, {+thing:plants}{thing.where}, there stood {thing.a} that {hero.he} had grown from a seed.",
        ),
        one_of(
            "{Hero.he} watered it every [morning|evening] and told it [stories|secrets|jokes].",
            "At first only two tiny leaves could be seen, and {friend:others} laughed at them.",
            "It grew so slowly that {hero.his} {aunt:kin} shook {aunt.his} head.",
        ),
        one_of(
            "Then came {thing.pest}, and within one night half of the {thing} was gone.",
            "The {helper:helpers}, who was {:acts}, warned {hero.him} of {thing.pest}.",
            "In {:summers} {thing.pest} nearly put an end to it, and {hero} {:sadness/hero}.",
        ),
        one_of(
            "{Hero} sat beside it [with a lamp|under an umbrella|with a drum] for three nights.",
            "But {hero} covered the {thing} with {hero.his} own [coat|blanket|straw hat].",
            "Nobody gave a penny for the {thing} any more, but {hero} did not give up.",
        ),
        fork(
            (
                0.55,
                (
                    let("feeling", "joy"),
                    one_of(
                        "In the end it was enough for {thing.use}, and {hero} {:joy/hero}.",
                        "In {:autumns} it gave {thing.use}, and everybody asked {hero} how {hero.he} had done it.",
                    ),
                ),
            ),
            (
                0.2,
                (
                    let("feeling", "surprise"),
                    one_of(
                        "One morning {hero} {:surprise/hero}: overnight the {thing} had grown as high as the roof.",
                        "Long after the first snow {hero} {:surprise/hero}: there, {thing.where}, the {thing} was in bloom.",
                    ),
                ),
            ),
            (
                0.25,
                (
                    let("feeling", "sadness"),
                    one_of(
                        "But in {:autumns} the {thing} withered, and {hero} {:sadness/hero}.",
                        "It was not enough for {thing.use}, and {hero} dug up the ground {thing.where} and {:sadness/hero}.",
                    ),
                ),
            ),
        ),
    )
