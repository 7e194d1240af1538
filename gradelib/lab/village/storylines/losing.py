"""Plots about a thing: lost, quarrelled over, broken."""

# ruff: noqa: E501  (a sentence or a row of a table is one line, however long)

from __future__ import annotations

from gradelib.lab.village.grammar import Nodes, fork, let
from gradelib.lab.village.lexicon import TEMPLATES

one_of, maybe = TEMPLATES.one_of, TEMPLATES.maybe


# lost: what is lost in the first lines is found, or not, in the last.
_LOST_FOUND: Nodes = (
    one_of(
        "[At last|Just before dark|When hope was almost gone], {friend} looked {spot:spots}, and there [lay|was] the {adj} {thing}.",
        "{Friend} had a sharp eye and [soon|at last] saw something {spot:spots}: it was the {adj} {thing}!",
        "Suddenly {friend} [stopped|whistled|knelt down]: something {spot:spots} caught {friend.his} eye, and it was the {adj} {thing}.",
        '"Come here!" called {friend}, and [pulled|picked] the {adj} {thing} out of its hiding place {spot:spots}.',
    ),
    fork(
        (
            0.65,
            (
                let("feeling", "joy"),
                one_of(
                    "{Hero} {:joy/hero} and put the {thing} safely away.",
                    "{Hero} {:joy/hero}, for there was no doubt: it had {mark}.",
                    "{Hero} knew {hero.his} {thing} at once, {:joy/hero}, and thanked {friend} twice.",
                    "With the {thing} in {hero.his} hand, {hero} {:joy/hero}.",
                ),
            ),
        ),
        (
            0.35,
            (
                let("feeling", "love"),
                one_of(
                    "{Hero} looked at {friend}, who was [wet|tired|muddy] and smiling, and hugged {friend.him} for a long time.",
                    '"You looked for that {thing} as if it were your own," said {hero.his} {kin}, and {hero} took {friend} by the hand.',
                    "{Hero} broke {hero.his} last biscuit in two and gave {friend} the bigger half.",
                ),
            ),
        ),
    ),
)
_LOST_NEVER: Nodes = (
    one_of(
        "They searched until it was dark, but the {thing} did not turn up, not even {spot:spots}.",
        "They turned everything upside down {place.at}, but all they found {spot:spots} was [an old shoe|a rusty nail|a dead leaf].",
        "For two days they combed every corner, but {spot:spots} there was only [an old glove|a bottle cap|a bent nail], and elsewhere nothing at all.",
    ),
    fork(
        (
            0.6,
            (
                let("feeling", "sadness"),
                one_of(
                    "Without the {adj} {thing}, {hero} {:sadness/hero}.",
                    "{Hero} thought of the {adj} {thing} and {:sadness/hero}.",
                    "That night {hero} {:sadness/hero}, for no other {thing} had {mark}.",
                ),
            ),
        ),
        (
            0.4,
            (
                let("feeling", "love"),
                one_of(
                    'Then {friend} said, "Take my {thing}; we can share it," and {hero} leaned against {friend.his} shoulder.',
                    "The next day {friend} brought {hero} {friend.his} own {thing}, and they have shared it ever since.",
                ),
            ),
        ),
    ),
)
LOST: Nodes = (
    let("plot", "lost"),
    one_of(
        "{Hero:people} had {+thing:things}{adj:adjs.a} {thing} with {mark:marks}, a gift from {hero.his} {kin:kin}.",
        "{Hero:people} owned only one treasure: {+thing:things}{adj:adjs.a} {thing} with {mark:marks}, which had once belonged to {hero.his} {kin:kin}.",
        "When {hero:people} [turned seven|started school|learned to read], {hero.his} {kin:kin} gave {hero.him} {+thing:things}{adj:adjs.a} {thing} with {mark:marks}.",
        "Nothing was dearer to {hero:people} than {+thing:things}the {adj:adjs} {thing} with {mark:marks}, which {hero.his} {kin:kin} had left {hero.him}.",
    ),
    one_of(
        "{Day:days} {hero.he} took it {place:places.to} and came home without it.",
        "{Day:days}, {place:places.at}, it slipped out of {hero.his} hands, and {hero.he} did not notice.",
        "{Day:days} {hero.he} went {place:places.to}, and on the way home the {thing} was gone.",
        "But {day:days} {hero.he} left it behind {place:places.at}, and when {hero.he} ran back, it was no longer there.",
        "{Day:days} {hero.he} carried it {place:places.to} as carefully as an egg, and still it was lost.",
        "{Day:days} {hero.he} had it {place:places.at}, and an hour later it was gone.",
    ),
    maybe(
        0.35,
        "{Hero} {:sadness/hero}.",
        "{Hero} turned out {hero.his} pockets and {:sadness/hero}.",
        '"What will {hero.his} {kin} say?" the neighbours whispered.',
    ),
    maybe(
        0.6,
        "{Hero} asked the {helper:helpers}, who was {:acts}, but {helper.he} had seen nothing.",
        "The {helper:helpers} stopped {:acts} and shook {helper.his} head.",
        "The {helper:helpers} promised to keep an eye out for it while {:acts}.",
        'The {helper:helpers} was {:acts} and only said, "Such things turn up when nobody looks."',
    ),
    one_of(
        "Then {friend:others} came along and offered to help.",
        "{Friend:others} heard about it, left {friend.his} [soup|homework|fishing rod] and came to help.",
        "Only {friend:others} [had time|took it seriously] and went back {place.to} with {hero.him}.",
        '{Friend:others}, who lived next door, fetched a [lamp|rake|dog] and said, "Let us go {place.to}."',
        "That was when {friend:others} put an arm round {hero} and led {hero.him} back {place.to}.",
        '"Two see more than one," said {friend:others}, and they went {place.to} together.',
    ),
    fork((0.72, _LOST_FOUND), (0.28, _LOST_NEVER)),
)

# broken: what is broken and hidden in the first lines is confessed, or found, in the last.
_BROKEN_CONFESSED: Nodes = (
    one_of(
        "In the end {hero} [could bear it no longer|took a deep breath], fetched the pieces from their hiding place {place.at} and told the truth.",
        "{Hero} ran back {place.to}, fetched the pieces from their hiding place and told {hero.his} {kin} everything.",
    ),
    let("feeling", "love"),
    one_of(
        '{Hero.his} {kin} [was silent for a moment|put down {kin.his} cup] and then said, "You are worth more to me than any {thing}."',
        "{Hero.his} {kin} drew {hero.him} close and said that {kin.he} had once broken {thing.a} too.",
        '"You matter more to me than the {thing}," said {hero.his} {kin} and wiped {hero}\'s nose.',
        "{Hero.his} {kin} stroked {hero}'s hair until {hero.he} could breathe again.",
    ),
    maybe(
        0.6,
        "The {helper:menders} stopped {:acts} and put it together again, and now you can hardly see where it was broken.",
        "Together they took the {thing} to the {helper:menders}, who was {:acts} and knew what to do.",
    ),
)
_BROKEN_ACCUSED: Nodes = (
    one_of(
        '"It was {friend:others}," said {hero} quickly.',
        "{Hero} said that {friend:others} had been there [the day before|that morning] and looked down at {hero.his} own shoes.",
    ),
    one_of(
        "So {friend}, who knew nothing about any {thing}, had to clean the windows for a week.",
        "So {friend} was sent away and was not allowed to come back.",
    ),
    fork(
        (
            0.5,
            (
                let("feeling", "anger"),
                one_of(
                    "When the pieces came to light {spot}, {friend} guessed the truth and {:anger/friend}.",
                    "But somebody had seen {hero} {place.at}, and when {friend} heard of it, {friend.he} {:anger/friend}.",
                ),
            ),
        ),
        (
            0.5,
            (
                let("feeling", "sadness"),
                one_of(
                    "Nobody ever looked {spot}, but {hero} had lost a friend and {:sadness/hero}.",
                    "From then on {hero} walked to school alone and thought of the {adj} {thing} {spot}.",
                ),
            ),
        ),
    ),
)
BROKEN: Nodes = (
    let("plot", "broken"),
    one_of(
        "{Hero:people} was not allowed to touch the {+thing:fragile}{adj:adjs} {thing} that {hero.his} {kin:kin} [kept on a high shelf|had brought from {:cities}].",
        "{Hero:people}'s {kin:kin} had {+thing:fragile}{adj:adjs.a} {thing} with {mark:marks}, and it was dearer to {kin.him} than gold.",
        "In the house of {hero:people}'s {kin:kin} there was {+thing:fragile}{adj:adjs.a} {thing} with {mark:marks}.",
    ),
    one_of(
        "{Day:days}, when nobody was at home, {hero} took it in {hero.his} hand, and it fell to the floor and broke.",
        "{Day:days} {hero} showed it to the cat, the cat jumped, and the {thing} broke.",
        "{Day:days} {hero} wanted to look at it just once, but it slipped, and {:breakages}.",
        "{Day:days} {hero} bumped against the table, and the {thing} lay in pieces.",
    ),
    one_of(
        "{Hero} {:fear/hero} and then hid the pieces {place:places.at}, {spot:spots}.",
        "Quickly {hero} ran {place:places.to} and pushed the pieces out of sight {spot:spots}.",
        "{Hero} swept up the pieces, ran {place:places.to} and hid them {spot:spots}.",
        "{Hero} wrapped the pieces in a cloth and carried them {place:places.to}, where {hero.he} hid them {spot:spots}.",
    ),
    maybe(
        0.4,
        "That night {hero.he} lay awake and {:fear/hero}.",
        "At supper {hero.he} could not swallow a bite of the {:foods}.",
        "In {hero.his} dreams the pieces called {hero.his} name.",
    ),
    one_of(
        '"Where is my {thing}?" asked {hero.his} {kin} [at breakfast|the next day|that evening].',
        "It did not take long before {hero.his} {kin} [asked about|missed] the {thing}.",
        "Soon {hero.his} {kin} looked for the {thing} in vain and {:sadness/kin}.",
        "[Two days later|The next morning] {hero.his} {kin} saw that the {thing} was gone and {:surprise/kin}.",
    ),
    fork((0.6, _BROKEN_CONFESSED), (0.4, _BROKEN_ACCUSED)),
)
