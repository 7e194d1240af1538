"""Plots of the night: an errand through the storm, a noise."""

# ruff: noqa: E501  (a sentence or a row of a table is one line, however long)

from __future__ import annotations

from gradelib.lab.village.grammar import Nodes, fork, let
from gradelib.lab.village.lexicon import TEMPLATES

one_of, maybe = TEMPLATES.one_of, TEMPLATES.maybe

# storm: what is lent for courage in the first lines is given back in the last.
STORM: Nodes = (
    let("plot", "storm"),
    one_of(
        "One night, when {:storms}, {hero:people}'s {kin:kin} lay in bed with {:illnesses}.",
        "{Hero:people}'s {kin:kin} had {:illnesses}, and outside {:storms}.",
        "Nobody was at home but {hero:people} and {hero.his} {kin:kin}, who had {:illnesses}, and {:storms}.",
    ),
    one_of(
        "The {healer:healers} was {place:lit_places.at}, an hour away, and {hero} had to fetch {healer.him} alone.",
        "Somebody had to run {place:lit_places.to} for the {healer:healers}, and there was nobody but {hero}.",
        "Only the {healer:healers} could help, and {healer.he} was {place:lit_places.at}, so {hero} put on {hero.his} boots.",
        '"Fetch the {healer:healers}," whispered {hero.his} {kin}; "{healer.he} is {place:lit_places.at} tonight."',
    ),
    one_of(
        "Next door {friend:others} gave {hero} {friend.his} {+thing:things}{adj:adjs} {thing} to take along.",
        '"Take my {+thing:things}{adj:adjs} {thing}; it has always brought me home," said {friend:others} at the gate.',
        "{Friend:others} was not allowed to come along and lent {hero.him} {+thing:things}{adj:adjs.a} {thing} instead.",
        'On the doorstep {friend:others} pressed {friend.his} {+thing:things}{adj:adjs} {thing} into {hero}\'s hand and said, "So that you are not alone."',
    ),
    one_of(
        "On the dark road {hero} {:fear/hero}.",
        "Behind {hero.him} something {beast:beasts.sound}, but it was only {beast.a}, wet and just as frightened.",
        "Halfway there {hero} [fell into a ditch|lost a shoe|heard a tree crash down], and {hero.he} {:fear/hero}.",
        "At every [corner|tree] {hero} held the {thing} tight and {:fear/hero}.",
    ),
    maybe(
        0.4,
        "{Hero.he} thought of {hero.his} {kin} and went on.",
        "The {thing} was warm in {hero.his} hand, and {hero.he} went on.",
    ),
    fork(
        (
            0.75,
            (
                one_of(
                    "The {healer} was still awake {place.at}, took {healer.his} bag and came at once.",
                    "At last there was a light {place.at}, and the {healer} opened the door.",
                    "Soaked to the skin, {hero} reached the {place}, and the {healer} asked no questions and came along.",
                ),
                fork(
                    (
                        0.5,
                        (
                            let("feeling", "joy"),
                            one_of(
                                "In the morning {hero.his} {kin} asked for {:foods}, and {hero} {:joy/hero} and brought the {thing} back to {friend}.",
                                "Two days later {hero.his} {kin} was over the worst, and {hero} returned the {adj} {thing} to {friend} and {:joy/hero}.",
                            ),
                        ),
                    ),
                    (
                        0.5,
                        (
                            let("feeling", "love"),
                            one_of(
                                'When the sun rose, {hero.his} {kin} took {hero}\'s cold hands and said, "How brave you are."',
                                'Later {hero} held out the {thing}, but {friend} closed {hero.his} fingers round it and said, "Keep it."',
                            ),
                        ),
                    ),
                ),
            ),
        ),
        (
            0.25,
            (
                one_of(
                    "But the {healer} was no longer {place.at}, and all the windows were dark.",
                    "But {place.at} there was only a note: the {healer} had gone to {:cities}.",
                ),
                fork(
                    (
                        0.5,
                        (
                            let("feeling", "fear"),
                            one_of(
                                "{Hero} stood there in the dark with the {adj} {thing} and {:fear/hero}.",
                                "All the long way back {hero} thought of {hero.his} {kin} and {:fear/hero}.",
                            ),
                        ),
                    ),
                    (
                        0.5,
                        (
                            let("feeling", "surprise"),
                            one_of(
                                "{Hero} ran home and {:surprise/hero}: {hero.his} {kin} was sitting by the stove and eating {:foods}.",
                                "When {hero} came back, {friend} opened the door, and {hero} {:surprise/hero}: the {healer} was already there.",
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
)

# noise: what made the noise in the first lines is known only in the last.
NOISE: Nodes = (
    let("plot", "noise"),
    one_of(
        "In the middle of the night {hero:people} woke up: {:noises} came from the {place:dark_places}.",
        "Three nights in a row {hero:people} had heard {:noises} from the {place:dark_places}.",
        "People said that there was a ghost {place:dark_places.at}, and now {hero:people} heard {:noises} from there.",
    ),
    one_of(
        "{Hero} {:fear/hero}.",
        "{Hero} sat up in bed and {:fear/hero}.",
        '"Who is there?" called {hero}, but nobody answered.',
    ),
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
                    "A cold hand touched {hero}'s neck, and {hero} {:fear/hero}; to this day nobody knows what it was.",
                    "Then {tool.the} fell to the ground by itself, and both of them ran home without looking back.",
                ),
            ),
        ),
        (
            0.15,
            (
                let("feeling", "anger"),
                one_of(
                    "It was the {helper:helpers}, who was [looking for a lost hat|moving boxes|practising a dance] in the middle of the night, and {friend} {:anger/friend}.",
                    "Behind the door {hero}'s {kin:kin} was laughing under a white sheet, and {hero} {:anger/hero}.",
                ),
            ),
        ),
    ),
)
