"""Plots about two people and one thing: a quarrel, a contest, a trade."""

# ruff: noqa: E501  (a sentence or a row of a table is one line, however long)

from __future__ import annotations

from gradelib.lab.village.grammar import Nodes, OneOf, fork, let
from gradelib.lab.village.lexicon import TEMPLATES

one_of, maybe = TEMPLATES.one_of, TEMPLATES.maybe


def _silence() -> OneOf:
    """Say, or do not say, how long the two did not speak."""
    return maybe(
        0.6,
        "For [three days|a week|two weeks] they did not say a word to each other.",
        "At school {hero} now sat by the window and {friend} by the door.",
        "When they met in the street, {hero} looked to the left and {friend} to the right.",
        "[Days|Weeks] went by, and each of them waited for the other.",
    )


def _visit(guest: str, host: str) -> OneOf:
    """Bring one of the two to the door of the other."""
    return one_of(
        f"Then {{{host}}} lay in bed with {{:illnesses}}, and [one evening|the next day] there was a knock: it was {{{guest}}}.",
        f"Then came a night when {{:storms}}, and {{{guest}}} stood at {{{host}}}'s door, quite out of breath.",
        f"On {{{host}}}'s birthday {{{guest}}} was [the first|the only one] to come.",
        f"One night {{{guest}}} could not sleep, and [before dawn|after midnight] {{{guest}.he}} climbed through {{{host}}}'s window.",
    )


# quarrel: who takes the thing after the quarrel is who can give it back in the end.
_QUARREL_FRIEND_HAS_IT: Nodes = (
    one_of(
        "{Friend} was stronger and [carried it off|ran home with it].",
        "In the end {friend} had the {thing}, and {hero} had only [a scratch|a torn sleeve|sore fingers].",
    ),
    one_of(
        "{Hero} {:anger/hero}.",
        '"I never want to see you again!" cried {hero} and {:anger/hero}.',
    ),
    _silence(),
    fork(
        (
            0.7,
            (
                _visit("friend", "hero"),
                let("feeling", "love"),
                one_of(
                    "{Friend} put the {adj} {thing} into {hero}'s hands, and neither of them ever spoke of the quarrel again.",
                    '"The {thing} is no fun without you," said {friend}, and {hero} moved over to make room for {friend.him}.',
                    "In {friend.his} hand {friend.he} had the {adj} {thing}, and {hero} squeezed that hand and did not let go.",
                ),
            ),
        ),
        (
            0.3,
            (
                let("feeling", "sadness"),
                one_of(
                    "Then {friend} moved to {:cities} and took the {thing} along, and {hero} {:sadness/hero}.",
                    "Soon {friend} lost the {thing}, and {hero} had lost {friend}, which was worse.",
                ),
            ),
        ),
    ),
)
_QUARREL_HERO_HAS_IT: Nodes = (
    one_of(
        "{Hero} was quicker, [grabbed the {thing}|tore the {thing} away] and ran.",
        "In the end {hero} held on to the {thing}, and {friend} {:anger/friend}.",
    ),
    one_of(
        "At home {hero} looked at it from all sides, but without {friend} it was [dull|only half as beautiful].",
        "That evening {hero} put the {thing} on the window sill, but it seemed to ask {hero.him} a question.",
        "{Hero} showed the {thing} to {hero.his} {kin:kin}, who only asked where {friend} was.",
    ),
    _silence(),
    _visit("hero", "friend"),
    fork(
        (
            0.6,
            (
                let("feeling", "joy"),
                one_of(
                    "When {friend} saw the {adj} {thing}, {friend.he} {:joy/friend}, and the quarrel was over.",
                    '"You take it on weekdays and I take it on Sundays," said {hero}, and {friend} {:joy/friend}.',
                ),
            ),
        ),
        (
            0.4,
            (
                let("feeling", "anger"),
                one_of(
                    "But {friend} did not even look at the {thing} and {:anger/friend}.",
                    '"Keep your {thing}!" said {friend} and {:anger/friend}.',
                ),
            ),
        ),
    ),
)
QUARREL: Nodes = (
    let("plot", "quarrel"),
    one_of(
        "{Day:days}, {hero:people} and {friend:others} found {+thing:things}{adj:adjs.a} {thing} {place:places.at}.",
        "{Hero:people} and {friend:others} had been friends for years when they found {+thing:things}{adj:adjs.a} {thing} {place:places.at}.",
        "{Hero:people} was the first to see {+thing:things}{adj:adjs.a} {thing} {place:places.at}, but {friend:others} picked it up.",
    ),
    maybe(
        0.5,
        "It lay {spot:spots} and had {mark:marks}.",
        "It had {mark:marks}, and nobody knew whose it was.",
    ),
    one_of(
        '"It belongs to me!" cried {hero}, and "No, to me!" cried {friend}.',
        "{Hero} pulled on one side and {friend} on the other.",
        "Each of them wanted to keep it, and soon [they were shouting|they were pushing|nobody was laughing any more].",
        "For a moment both of them held it, and neither of them wanted to let go.",
        "They called each other [names|donkey and goose|things that friends do not say].",
    ),
    fork((0.55, _QUARREL_FRIEND_HAS_IT), (0.45, _QUARREL_HERO_HAS_IT)),
)

# contest: who made the dish in the first lines decides what is right in the last.
_CONTEST_FAIR: Nodes = (
    one_of(
        "The {helper} tasted, closed {helper.his} eyes, tasted again, and gave the [golden spoon|blue ribbon|first prize] to {hero}.",
        "After the last plate, the {helper} wrote one name on the board, and the name was {hero}.",
    ),
    fork(
        (
            0.6,
            (
                let("feeling", "joy"),
                one_of(
                    "{Hero} {:joy/hero} and shared the {thing} with everybody.",
                    "{Hero} {:joy/hero}, and even {friend} took a second helping.",
                ),
            ),
        ),
        (
            0.4,
            (
                let("feeling", "anger"),
                one_of(
                    "{Friend} said that the {thing} had been burnt and {:anger/friend}.",
                    "{Friend}, who had paid the {helper} [two coins|a fat goose] for nothing, {:anger/friend}.",
                ),
            ),
        ),
    ),
)
_CONTEST_UNFAIR: Nodes = (
    one_of(
        "But {friend} had ordered {friend.his} dish from {:cities} and passed it off as {friend.his} own.",
        "But in the night {friend} [poured salt|shook pepper|dropped a piece of soap] into {hero}'s bowl.",
        "But {friend} was the {helper}'s [nephew's neighbour|best customer] and had brought {helper.him} a present.",
    ),
    one_of(
        "So the prize went to {friend}.",
        "So the {helper} hardly tasted the {thing} and gave the prize to {friend}.",
    ),
    fork(
        (
            0.5,
            (
                let("feeling", "anger"),
                one_of(
                    "When {hero} heard of the trick, {hero.he} {:anger/hero}.",
                    "{Hero} knew what had happened, pointed at {friend} and {:anger/hero}.",
                ),
            ),
        ),
        (
            0.5,
            (
                let("feeling", "love"),
                one_of(
                    'At home {hero.his} {kin:kin} ate every last bit of the {thing}, kissed {hero.him} and said, "I need no judge."',
                    "At home {hero.his} {kin:kin} had [tied a ribbon round|put a candle on] {hero.his} old spoon, and {hero} held {kin.him} tight.",
                ),
            ),
        ),
    ),
)
CONTEST: Nodes = (
    let("plot", "contest"),
    one_of(
        "{Day:days} the village held a contest {place:greens.at}, and {hero:people} wanted to win it with {hero.his} {thing:dishes}.",
        "Nobody made better {thing:dishes} than {hero:people}, and so {hero.he} put {hero.his} name down for the contest {place:greens.at}.",
        "All year {hero:people} had been saving sugar and eggs, for on {:weekdays} the best {thing:dishes} in the village would be chosen {place:greens.at}.",
        '"Who makes the best {thing:dishes}?" asked a notice {place:greens.at}, and {hero:people} {:joy/hero}.',
    ),
    one_of(
        "{Hero.he} got up before the birds and cooked from {hero.his} {aunt:kin}'s recipe.",
        "For a week the whole house smelled of it.",
        "The first try was too sweet, the second too salty, but the third made {hero.his} {aunt:kin} sigh with pleasure.",
        "{Hero.he} tried it with more butter, with less butter, and in the end with [nutmeg|cream|a pinch of salt].",
    ),
    one_of(
        "{Friend:others} wanted to win too, and the {helper:helpers} was to be the judge.",
        "The judge was the {helper:helpers}, who had just been {:acts}, and {friend:others} [smiled at {helper.him}|bowed low].",
        "The only serious rival was {friend:others}, and the {helper:helpers} would decide.",
    ),
    fork((0.5, _CONTEST_FAIR), (0.5, _CONTEST_UNFAIR)),
)

# trade: what is given away in the first lines comes back in the last.
TRADE: Nodes = (
    let("plot", "trade"),
    one_of(
        "{Day:days} {hero:people}'s {kin:kin} sent {hero.him} {place:stalls.to} to swap {+thing:things}{adj:adjs.a} {thing} for {food:foods}.",
        "{Hero:people} carried {+thing:things}{adj:adjs.a} {thing} {place:stalls.to}, for {hero.his} {kin:kin} wanted to swap it for {food:foods}.",
        "There was nothing left to eat, so {hero:people} took {hero.his} {kin:kin}'s {+thing:things}{adj:adjs} {thing} {place:stalls.to} to swap it for {food:foods}.",
    ),
    one_of(
        "On the way {hero.he} met {friend:others}, who [begged for|fell in love with] the {thing} and gave {hero.him} {+other:other_things}{otherAdj:other_adjs.a} {other} for it.",
        "At the first corner {friend:others} was waiting with {+other:other_things}{otherAdj:other_adjs.a} {other}, and {hero} swapped at once.",
        "{Friend:others} came along with {+other:other_things}{otherAdj:other_adjs.a} {other} and talked for so long that {hero} gave away the {thing} for it.",
        '"Give me the {thing} and you get my {+other:other_things}{otherAdj:other_adjs} {other}," said {friend:others}, and {hero} agreed.',
    ),
    one_of(
        "But the {helper:helpers}, who had been {:acts} all morning, did not want {other.a}.",
        "But nobody {place.at} had any use for {otherAdj.a} {other}, least of all the {helper:helpers}.",
        'The {helper:helpers} shook {helper.his} head and said, "For {thing.a}, yes, but not for {other.a}."',
    ),
    fork(
        (
            0.55,
            (
                one_of(
                    "So {hero} [ran back|went all the way back] to {friend} and asked for the {thing} again.",
                    "Then {friend} came running and said that the {thing} was [too good for {friend.him}|not for {friend.him}].",
                    "{Hero} told {friend} about {hero.his} {kin}, and {friend} gave the {thing} back at once.",
                ),
                let("feeling", "joy"),
                one_of(
                    "They swapped back, and {hero} came home with {food} and {:joy/hero}.",
                    "In the evening everybody ate {food}, nobody missed the {adj} {thing}, and {hero} {:joy/hero}.",
                ),
            ),
        ),
        (
            0.25,
            (
                let("feeling", "sadness"),
                one_of(
                    "{Hero} came home without {food} and without the {thing}, and {:sadness/hero}.",
                    "Instead of {food} there was only the {otherAdj} {other} that evening, and {hero} {:sadness/hero}.",
                ),
            ),
        ),
        (
            0.2,
            (
                let("feeling", "surprise"),
                one_of(
                    "{Hero} came home afraid, but {hero.his} {kin} saw the {otherAdj} {other} and {:surprise/kin}: it was the one that {kin.he} had lost as a child!",
                    "Then a [stranger|sailor|pedlar] paid three gold coins for the {otherAdj} {other}, and {hero} {:surprise/hero}.",
                ),
            ),
        ),
    ),
)
