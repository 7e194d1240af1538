"""Plots about something that turns up: a treasure, a rescue, a feast after all."""

# ruff: noqa: E501  (a sentence or a row of a table is one line, however long)

from __future__ import annotations

from gradelib.lab.village.grammar import Nodes, fork, let
from gradelib.lab.village.lexicon import TEMPLATES

one_of, maybe = TEMPLATES.one_of, TEMPLATES.maybe


# treasure: where the note says in the first lines is where the thing is in the last.
_TREASURE_THERE: Nodes = (
    one_of(
        "And indeed, {spot} there was a wooden box, and in it lay {+thing:hoarded}{adj:adjs.a} {thing} with {mark:marks}.",
        "Then {friend}'s hand touched something {spot}: it was {+thing:hoarded}{adj:adjs.a} {thing} with {mark:marks}.",
        "{Hero} felt about {spot} and pulled out {+thing:hoarded}{adj:adjs.a} {thing}, wrapped in [oilcloth|old newspaper|a blanket].",
    ),
    fork(
        (
            0.6,
            (
                let("feeling", "surprise"),
                one_of(
                    '"I hid that {thing} when I was your age," said {hero.his} {kin}, who {:surprise/kin}.',
                    "When {hero} put the {adj} {thing} on the table, {hero.his} {kin} {:surprise/kin}.",
                ),
            ),
        ),
        (
            0.4,
            (
                let("feeling", "joy"),
                one_of(
                    "{Hero} {:joy/hero}, and {friend} wanted to see the {thing} again and again.",
                    '"You found it, so it is yours," said {hero.his} {kin}, and {hero} {:joy/hero}.',
                ),
            ),
        ),
    ),
)
_TREASURE_GONE: Nodes = (
    one_of(
        "But there was nothing {spot} except [a snail shell|a dry mushroom|a bottle cap] and a second note.",
        "But somebody had been {place.at} before them, and all they found {spot} was an empty box.",
    ),
    let("thing", "note"),
    fork(
        (
            0.5,
            (
                let("feeling", "anger"),
                one_of(
                    "{Friend} {:anger/friend} and threw the note into the [river|fire|mud].",
                    '"A bad joke!" said {friend} and {:anger/friend}.',
                ),
            ),
        ),
        (
            0.5,
            (
                let("feeling", "love"),
                one_of(
                    'On the note was written, "The treasure is the one who came with you," and {hero} took {friend}\'s arm.',
                    "{Hero} put the note away all the same, for {hero.his} {kin} had once held it in {kin.his} hands.",
                ),
            ),
        ),
    ),
)
TREASURE: Nodes = (
    let("plot", "treasure"),
    one_of(
        '{Day:days} {hero:people} found a note in {hero.his} {kin:kin}\'s handwriting: "Look {place:places.at}, {spot:spots}!"',
        'In the attic, in a trunk that belonged to {hero:people}\'s {kin:kin}, lay a note: "{Place:places.at}, {spot:spots}."',
        'A note fell out of the old songbook of {hero:people}\'s {kin:kin}, and on it was written, "Go {place:places.to} and look {spot:spots}."',
    ),
    one_of(
        "{Hero} showed it to {friend:others}, who at once fetched a [spade|lamp|sack].",
        "{Hero} could keep no secrets, and soon {friend:others} knew about it too.",
        "{Hero} did not want to go alone and asked {friend:others}.",
    ),
    maybe(
        0.5,
        'The {helper:helpers} stopped {:acts} and asked, "Where are you going in such a hurry?"',
        "The {helper:helpers}, who was {:acts}, only laughed at them.",
        "On the way they planned what to buy: [a ship|a circus|a mountain of chocolate].",
    ),
    one_of(
        "They waited until nobody was {place.at}, and then they began to search.",
        "It was so quiet {place.at} that {friend} {:fear/friend}.",
        "First they looked in all the wrong places, and {friend} [yawned|nearly gave up|wanted to go home].",
    ),
    fork((0.7, _TREASURE_THERE), (0.3, _TREASURE_GONE)),
)

# rescue: who warned whom in the first lines is who must be thanked, or scolded, in the last.
RESCUE: Nodes = (
    let("plot", "rescue"),
    one_of(
        '"Do not play {place:deep_places.at}," {hero:people}\'s {kin:kin} had said a hundred times, but {friend:others} only laughed.',
        "{Day:days} {hero:people} and {friend:others} played {place:deep_places.at}, although {hero}'s {kin:kin} had forbidden it.",
        "{Hero:people} did not want to go any further {place:deep_places.at}, but {friend:others} wanted to show how brave {friend.he} was.",
    ),
    one_of(
        "Then {friend} {place.fall}, and there {friend.he} was, {:wheres}.",
        "A cry rang out, and there was {friend}, {:wheres}.",
    ),
    one_of(
        "{Hero} {:fear/hero}, but then {hero.he} pulled {hero.self} together.",
        "{Friend} {:fear/friend} and called {hero}'s name.",
        '"Hold on!" shouted {hero} and looked round for help.',
    ),
    one_of(
        "Nearby lay {thing:ropes}, and {hero} held one end of it out to {friend}.",
        "{Hero} ran to the {helper:helpers}, who stopped {:acts} and came with {thing:ropes}.",
        "Not far away there was {thing:ropes}, and with it {hero} crept closer, inch by inch.",
    ),
    one_of(
        "{Thing.the} [held|slipped, but then it held|bent, but it did not break].",
        "{Hero} pulled until {hero.his} hands were [raw|blue|bleeding].",
    ),
    fork(
        (
            0.45,
            (
                let("feeling", "love"),
                one_of(
                    "When {friend} was safe again, {friend.he} would not let go of {hero}'s hand.",
                    '"Without you I would still be there," whispered {friend} and put {friend.his} arms round {hero}.',
                    "Ever since, {friend} has kept {thing.the} like a treasure, and the better half of every apple for {hero}.",
                ),
            ),
        ),
        (
            0.3,
            (
                let("feeling", "joy"),
                one_of(
                    "Out of breath but safe, they looked at each other, and {hero} {:joy/hero}.",
                    "When both of them stood on firm ground again, {friend} {:joy/friend}.",
                ),
            ),
        ),
        (
            0.25,
            (
                let("feeling", "anger"),
                one_of(
                    '"I only wanted to see whether you would come," said {friend}, and {hero} threw {thing.the} down and {:anger/hero}.',
                    "But {friend} told everybody that {hero} had been the one to fall, and {hero} {:anger/hero}.",
                ),
            ),
        ),
    ),
)

# feast: what is cooked for whom in the first lines decides what is missed, and by whom, in the last.
FEAST: Nodes = (
    let("plot", "feast"),
    one_of(
        "{Hero:people}'s {kin:elders} was going to be [fifty|sixty] on {:weekdays}, and {hero} wanted to surprise {kin.him} with {thing:bakes}.",
        "Everybody was looking forward to the birthday of {hero:people}'s {kin:kin} and to {thing:bakes}, {kin.his} favourite.",
        "{Day:days} {hero:people} stood in the kitchen and made {thing:bakes} for {hero.his} {kin:kin}, who was coming home from {:cities}.",
    ),
    one_of(
        "The {helper:helpers} stopped {:acts} and lent {hero.him} a [big bowl|sharp knife|wooden spoon].",
        "{Hero} stirred, tasted, and stirred again.",
        "It took all day, and there was flour on {hero.his} nose and on the ceiling.",
    ),
    one_of(
        "When everything stood on the window sill to cool, {beast:beasts.a} came by, and then the plate was empty.",
        "{Hero} turned round for one moment, and {beast:beasts.a} was eating the {thing}.",
        "But the fire was too hot, and the {thing} came out as black as coal.",
    ),
    one_of(
        "{Hero} {:anger/hero}.",
        "{Hero} {:sadness/hero}.",
        "There was no time to begin again, and {hero} {:sadness/hero}.",
    ),
    fork(
        (
            0.45,
            (
                one_of(
                    "{Friend:others} saw it over the fence and ran to fetch what {friend.he} had: {other:other_foods}.",
                    '"We have some {other:other_foods} left," said {friend:others} at the door.',
                ),
                let("feeling", "love"),
                one_of(
                    "So they ate {other} instead of {thing}, and {hero.his} {kin} put one arm round {hero} and the other round {friend}.",
                    '"I came for you and not for {thing}," said {hero.his} {kin} and kissed {hero} on the forehead.',
                ),
            ),
        ),
        (
            0.35,
            (
                let("feeling", "surprise"),
                one_of(
                    "Then the door opened, and {hero} {:surprise/hero}: all the neighbours were there, and each of them had brought {thing}.",
                    "In the evening {hero.his} {kin} {:surprise/kin}: instead of {thing} a hundred candles were burning on the table.",
                ),
            ),
        ),
        (
            0.2,
            (
                let("feeling", "joy"),
                one_of(
                    "In the end they all ate bread and salt by candlelight, and {hero.his} {kin} {:joy/kin}.",
                    "{Hero.his} {kin} came in, heard the whole story, and {:joy/kin}.",
                ),
            ),
        ),
    ),
)
