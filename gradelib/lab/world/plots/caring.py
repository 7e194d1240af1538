"""Plots about somebody to care for: a present, an animal, a sick bed."""

from __future__ import annotations

from gradelib.lab.world.grammar import Nodes, fork, let
from gradelib.lab.world.lexicon import TEMPLATES

one_of, maybe = TEMPLATES.one_of, TEMPLATES.maybe


def gift() -> Nodes:
    """What is to be made in the first lines decides who can teach it, from what, and what is missing."""
    given = (
        one_of(
            "On the morning of the birthday {hero} [put|laid] the {thing} [in front of {friend}|into {friend}'s hands].",
            "{Hero} hid the {thing} behind {hero.his} back and knocked at {friend}'s door.",
            "Then {hero} tied a {:colours} ribbon round the {thing} and ran over to {friend}.",
        ),
        fork(
            (
                0.45,
                (
                    let("feeling", "love"),
                    one_of(
                        "{Friend} looked at the {thing}, then at {hero}'s sore fingers, and hugged {hero.him} without a word.",
                        'Nobody had ever made anything for {friend} before, and {friend.he} kissed {hero} on both cheeks.',
                        '"You made it yourself," said {friend} softly, and kept {hero}\'s hand in {friend.own}.',
                    ),
                ),
            ),
            (
                0.35,
                (
                    let("feeling", "joy"),
                    one_of(
                        "{Friend} {:joy/friend} and showed the {thing} to the whole street.",
                        "{Friend} {:joy/friend}, and all day long the {thing} had its place in the middle of the birthday table.",
                    ),
                ),
            ),
            (
                0.2,
                (
                    let("feeling", "surprise"),
                    one_of(
                        "{Friend} {:surprise/friend}, for on {friend.his} own table lay {thing.a} for {hero}, made of {thing.stuff} too.",
                        "{Friend} {:surprise/friend} and said, \"How did you know? I dreamed of {thing.a} last night!\"",
                    ),
                ),
            ),
        ),
    )
    kept = (
        let("feeling", "sadness"),
        one_of(
            "But that very morning {friend}'s family had moved to {:cities}, and {hero} {:sadness/hero}.",
            "But {friend} had forgotten to invite {hero.him}, and {hero} put the {thing} on a shelf and {:sadness/hero}.",
        ),
    )
    return (
        let("plot", "gift"),
        one_of(
            "{Friend:people} would soon have a birthday, and {hero:others_of} had [not a penny|only two pennies|nothing but a button] in {hero.his} purse.",
            "{Hero:people} wanted to give {friend:others} something that one cannot buy.",
            "It was a week before {friend:people}'s birthday, and {hero:others_of} still had no present.",
        ),
        one_of(
            "So {hero.he} asked the {+thing:crafts}{helper:trade_of}, who was {:acts}, how one makes {thing.a}.",
            'The {+thing:crafts}{helper:trade_of} stopped {:acts} and said, "Why not make {thing.a}?"',
            "{Hero.he} thought of {thing:crafts.a} and went to see the {helper:trade_of}, who was {:acts}.",
        ),
        one_of(
            '"You need {thing.stuff} and a great deal of patience," said the {helper}.',
            "{Helper.he} gave {hero.him} {thing.stuff} and showed {hero.him} how to begin.",
            "To earn {thing.stuff}, {hero} had to [sweep the floor|wash the dishes|chop wood|run errands] for three days.",
        ),
        maybe(
            0.45,
            "Twice it went wrong, and {hero} {:anger/hero} and began again.",
            "The first try [fell apart|looked like a frog|was thrown to the pigs], and {hero} {:sadness/hero}.",
            "Every evening {hero.he} went {place:places.to}, where nobody could see what {hero.he} was making.",
        ),
        one_of(
            "When the cock crowed on the last day, only {thing.last} was still missing.",
            "{Hero.he} worked until [the candle went out|the clock struck twelve|{hero.his} eyes fell shut], and at last even {thing.last} was done.",
            "The hardest part was {thing.last}, but [at midnight|in the end] that was finished too.",
        ),
        fork((0.8, given), (0.2, kept)),
    )


def animal() -> Nodes:
    """What was hurt in the first lines is healed, and thanks its friend, in the last."""
    stays = (
        one_of(
            "Nobody ever asked for the {thing}, and so it stayed.",
            '"It may stay," said {hero.his} {kin:kin} [at last|and tried to look strict].',
        ),
        let("feeling", "love"),
        one_of(
            "On {hero}'s birthday the {thing} {:thanks}, as if it knew.",
            "When {hero} was [tired|cold|sad], the {thing} {:thanks}.",
            "Every morning the {thing} {:thanks}, and {hero} shared {hero.his} breakfast with it.",
        ),
    )
    leaves = (
        one_of(
            "Then {friend:others} knocked at the door: the {thing} was {friend.own}.",
            "But one day {friend:others} came by, whistled, and the {thing} ran to {friend.him}, for it was {friend.own}.",
        ),
        fork(
            (
                0.6,
                (
                    let("feeling", "sadness"),
                    one_of(
                        "{Hero} gave the {thing} back and {:sadness/hero}.",
                        "The {thing} {:thanks} one last time, and then {hero} {:sadness/hero}.",
                        "When the {place} lay in the evening light, {hero} looked at the empty place where the {thing} had slept, and {:sadness/hero}.",
                    ),
                ),
            ),
            (
                0.4,
                (
                    let("feeling", "joy"),
                    one_of(
                        '"Come and visit it whenever you like," said {friend}, and {hero} {:joy/hero}.',
                        "But {friend} saw how the {thing} looked at {hero}, left it there, and {hero} {:joy/hero}.",
                    ),
                ),
            ),
        ),
    )
    wild = (
        one_of(
            "When it was well again, {hero} brought the {thing} back {place.to} and opened {hero.his} arms.",
            "In {:springs} the {thing} was well, and they went {place.to} together for the last time.",
        ),
        fork(
            (
                0.5,
                (
                    let("feeling", "sadness"),
                    one_of(
                        "It did not look back, and {hero} {:sadness/hero}.",
                        "Then the {thing} was gone, and {hero} {:sadness/hero}.",
                    ),
                ),
            ),
            (
                0.5,
                (
                    let("feeling", "surprise"),
                    one_of(
                        "A year later something {thing.sound} at the window, and {hero} {:surprise/hero}: it was the {thing}!",
                        "The next morning {hero} {:surprise/hero}: the {thing} was sitting on the doorstep.",
                    ),
                ),
            ),
        ),
    )
    return (
        let("plot", "animal"),
        one_of(
            "{Day:days} {hero:people} heard something {place:places.at}: it was {thing:animals.a} with an injured {thing.hurt}.",
            "{Day:days}, as {:weathers}, {hero:people} found {thing:animals.a} with an injured {thing.hurt} {place:places.at}.",
            "Nobody but {hero:people} noticed {thing:animals.a} {place:places.at}; its {thing.hurt} was hurt, and it {thing.sound} softly.",
        ),
        one_of(
            "At first the {thing} {thing.sound} and would not let {hero.him} come near.",
            "It {thing.sound} when {hero.he} touched its {thing.hurt}.",
            "{Hero.he} wrapped it in {hero.his} [coat|shawl|jacket] and carried it home.",
        ),
        maybe(
            0.5,
            "The {helper:helpers} stopped {:acts} and bandaged the {thing.hurt}.",
            'The {helper:helpers} looked at it and said, "Rest, warmth, and {thing.food}."',
            "Even the {helper:helpers}, who was {:acts}, did not know what to do.",
        ),
        one_of(
            "{Hero} fed it {thing.food} and made a bed for it [in a box|by the stove|from old towels].",
            "Every two hours {hero} got up to bring it {thing.food}.",
            "For [one day|two days|three days] it ate nothing, but then it tried {thing.food}.",
        ),
        maybe(
            0.4,
            "After {:spans} it could stand, and soon it could run.",
            "Slowly the {thing.hurt} healed.",
            "The bandage came off, and the {thing.hurt} was as good as new.",
        ),
        fork((0.4, stays), (0.3, leaves), (0.3, wild)),
    )


def storm() -> Nodes:
    """What is lent for courage in the first lines is given back in the last."""
    return (
        let("plot", "storm"),
        one_of(
            "In the night, when {:storms}, {hero:people}'s {kin:kin} lay in bed with {:illnesses}.",
            "{Hero:people}'s {kin:kin} had {:illnesses}, and outside {:storms}.",
            "Nobody was at home but {hero:people} and {hero.his} {kin:kin}, who had {:illnesses}, and {:storms}.",
        ),
        one_of(
            "The {healer:healers} was {place:lit_places.at}, an hour away, and {hero} had to fetch {healer.him} alone.",
            "Somebody had to run {place:lit_places.to} for the {healer:healers}, and there was nobody but {hero}.",
            '"Fetch the {healer:healers}," whispered {hero.his} {kin}; "{healer.he} is {place:lit_places.at} tonight."',
        ),
        one_of(
            "Next door {friend:others} gave {hero} {friend.his} {+thing:things}{adj:adjs} {thing} for luck.",
            '"Take my {+thing:things}{adj:adjs} {thing}; it has always brought me home," said {friend:others} at the gate.',
            "{Friend:others} was not allowed to come along and lent {hero.him} {+thing:things}{adj:adjs.a} {thing} instead.",
        ),
        one_of(
            "On the dark road {hero} {:fear/hero}.",
            "Behind {hero.him} something {beast:beasts.sound}, but it was only {beast.a}, wet and just as frightened.",
            "Halfway there {hero.he} [fell into a ditch|lost a shoe|heard a tree crash down], and {hero} {:fear/hero}.",
            "At every [corner|tree] {hero} {:fear/hero} and held the {thing} tight.",
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
                    ),
                    fork(
                        (
                            0.5,
                            (
                                let("feeling", "joy"),
                                one_of(
                                    "In the morning {hero.his} {kin} asked for {:foods}, and {hero} {:joy/hero} and brought the {thing} back to {friend}.",
                                    "Two days later {hero.his} {kin} was well, and {hero} returned the {adj} {thing} to {friend} and {:joy/hero}.",
                                ),
                            ),
                        ),
                        (
                            0.5,
                            (
                                let("feeling", "love"),
                                one_of(
                                    'When the sun rose, {hero.his} {kin} took {hero}\'s cold hands and said, "My brave child."',
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
                                    "All the long way back {hero} {:fear/hero} at the thought of {hero.his} {kin}.",
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
