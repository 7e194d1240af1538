"""Plots about somebody to care for: a present, an animal."""

# ruff: noqa: E501  (a sentence or a row of a table is one line, however long)

from __future__ import annotations

from gradelib.lab.village.grammar import Nodes, fork, let
from gradelib.lab.village.lexicon import TEMPLATES

one_of, maybe = TEMPLATES.one_of, TEMPLATES.maybe


# gift: what is to be made in the first lines decides who can teach it, from what, and what is missing.
_GIFT_GIVEN: Nodes = (
    one_of(
        "On the morning of the birthday {hero} [put|laid] the {thing} [in front of {friend}|into {friend}'s hands].",
        "{Hero} hid the {thing} behind {hero.his} back and knocked at {friend}'s door.",
        "Then {hero} tied {:colours.a} ribbon round the {thing} and ran over to {friend}.",
        "Before school {hero} crept to {friend}'s window and put the {thing} on the sill.",
    ),
    fork(
        (
            0.45,
            (
                let("feeling", "love"),
                one_of(
                    "{Friend} looked at the {thing}, then at {hero}'s sore fingers, and hugged {hero.him} without a word.",
                    "Nobody had ever made anything for {friend} before, and {friend.he} kissed {hero} on both cheeks.",
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
                    "When {friend} saw the {thing}, {friend.he} {:joy/friend} and cut {hero} the first slice of the cake.",
                    "{Friend} {:joy/friend}, and all day long the {thing} had its place in the middle of the birthday table.",
                ),
            ),
        ),
        (
            0.2,
            (
                let("feeling", "surprise"),
                one_of(
                    "{Friend} {:surprise/friend}, for {friend.he} had made {thing.a} for {hero} too.",
                    "{Friend} {:surprise/friend}, for {friend.he} had wished for {thing.a} all year.",
                ),
            ),
        ),
    ),
)
_GIFT_KEPT: Nodes = (
    let("feeling", "sadness"),
    one_of(
        "But that very morning {friend}'s family had moved to {:cities}, and {hero} {:sadness/hero}.",
        "But {friend} had forgotten to invite {hero.him}, and {hero} put the {thing} on a shelf and {:sadness/hero}.",
    ),
)
GIFT: Nodes = (
    let("plot", "gift"),
    one_of(
        "{Friend:people} would soon have a birthday, and {hero:others_of} had [not a penny|only two pennies|nothing but a button] in {hero.his} purse.",
        "{Hero:people} wanted to give {friend:others} something that money cannot buy.",
        "It was a week before {friend:people}'s birthday, and {hero:others_of} still had no present.",
        "{Hero:people} had forgotten {friend:others}'s birthday once before, and it was not to happen again.",
    ),
    one_of(
        "So {hero.he} asked the {+thing:crafts}{helper:trade_of}, who was {:acts}, how to make {thing.a}.",
        'The {+thing:crafts}{helper:trade_of} stopped {:acts} and said, "Why not make {thing.a}?"',
        "{Hero.he} thought of {thing:crafts.a} and went to see the {helper:trade_of}, who was {:acts}.",
        "At the {+thing:crafts}{helper:trade_of}'s house {hero.he} saw {thing.a}, and the {helper}, who was {:acts}, nodded and smiled.",
    ),
    one_of(
        '"You need {thing.stuff} and a great deal of patience," said the {helper}.',
        "The {helper} gave {hero.him} {thing.stuff} and showed {hero.him} how to begin.",
        'From the back room the {helper} fetched {thing.stuff} and said, "The rest is up to you."',
        "To earn {thing.stuff}, {hero} had to [sweep the floor|wash the dishes|chop wood|run errands] for three days.",
    ),
    maybe(
        0.45,
        "Twice it went wrong, and {hero} {:anger/hero}, but then {hero.he} began again.",
        "The first try [fell apart|looked like a frog|was thrown to the pigs], and {hero} {:sadness/hero}.",
        "Every evening {hero.he} went {place:quiet_places.to}, where nobody could see what {hero.he} was making.",
        "{Hero.he} told nobody about it, and once {hero.he} even had to hide it from {friend} [under the table|under the bed|behind the curtain].",
    ),
    one_of(
        "When the cock crowed on the last day, only {thing.last} was still missing.",
        "{Hero.he} worked until [the candle went out|the clock struck twelve|{hero.his} eyes fell shut], and at last even {thing.last} was done.",
        "The hardest part was {thing.last}, but [at midnight|in the end] that was finished too.",
        "Nobody knows how often {thing.last} had to be done again, but it was ready in time.",
    ),
    fork((0.8, _GIFT_GIVEN), (0.2, _GIFT_KEPT)),
)

# animal: what was hurt in the first lines is healed, and thanks its friend, in the last.
_ANIMAL_STAYS: Nodes = (
    one_of(
        "Nobody ever asked for the {thing}, and so it stayed.",
        "When it was well, the door stood open for a whole day, but the {thing} stayed.",
        '"It may stay," said {hero.his} {kin:kin} [at last|and tried to look strict].',
    ),
    let("feeling", "love"),
    one_of(
        "On {hero}'s birthday the {thing} {:thanks}, as if it knew.",
        "When {hero} was [tired|cold|sad], the {thing} {:thanks}.",
        "Every morning the {thing} {:thanks}, and {hero} shared {hero.his} breakfast with it.",
    ),
)
_ANIMAL_LEAVES: Nodes = (
    one_of(
        "Then {friend:others} knocked at the door: the {thing} was {friend.own}.",
        "But one day {friend:others} came by, whistled, and the {thing} went straight to {friend.him}, for it was {friend.own}.",
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
_ANIMAL_WILD: Nodes = (
    one_of(
        "When it was well again, {hero} brought the {thing} back {place.to} and opened {hero.his} arms.",
        "One fine day the {thing} was well, and they went {place.to} together for the last time.",
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


def _cared_for(kind: str) -> Nodes:
    """Tell how an animal of this kind, "tame" or "wild", was found and healed."""
    return (
        one_of(
            f"{{Day:days}} {{hero:people}} heard something {{place:outdoors.at}}: it was {{thing:{kind}.a}} with an injured {{thing.hurt}}.",
            f"{{Day:days}}, when {{:weathers}}, {{hero:people}} found {{thing:{kind}.a}} with an injured {{thing.hurt}} {{place:outdoors.at}}.",
            f"Nobody but {{hero:people}} noticed {{thing:{kind}.a}} {{place:outdoors.at}}; its {{thing.hurt}} was hurt, and it {{thing.sound}} softly.",
        ),
        one_of(
            "At first the {thing} {thing.sound} and would not let {hero.him} come near.",
            "It flinched when {hero.he} touched its {thing.hurt}.",
            "{Hero.he} laid {hero.his} [coat|shawl|jacket] over it and brought it home.",
            "Step by step {hero.he} came nearer, until {hero.he} could stroke its back.",
        ),
        maybe(
            0.5,
            "The {helper:helpers} stopped {:acts} and bandaged the {thing.hurt}.",
            'The {helper:helpers} looked at it and said, "Rest, warmth, and {thing.food}."',
            "Even the {helper:helpers}, who was {:acts}, did not know what to do.",
        ),
        one_of(
            "{Hero} fed it {thing.food} and made a bed for it [of straw|of old blankets|near the stove].",
            "Every two hours {hero} got up to bring it {thing.food}.",
            "{Hero} gave it {thing.food}, a little more each day.",
            "For [one day|two days|three days] it ate nothing, but then it tried {thing.food}.",
        ),
        maybe(
            0.4,
            "After {:spans} it was much better.",
            "Slowly the {thing.hurt} healed.",
            "Before long the {thing.hurt} was as good as new.",
            "Every evening {hero} rubbed the {thing.hurt} with ointment and sang to the {thing}.",
        ),
    )


ANIMAL: Nodes = (
    let("plot", "animal"),
    fork(
        (0.6, (*_cared_for("tame"), fork((0.5, _ANIMAL_STAYS), (0.5, _ANIMAL_LEAVES)))),
        (0.4, (*_cared_for("wild"), fork((0.25, _ANIMAL_STAYS), (0.75, _ANIMAL_WILD)))),
    ),
)
