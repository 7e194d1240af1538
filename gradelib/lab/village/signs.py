"""What the village says and does: signs of feelings that do not name them, weather, times."""

# ruff: noqa: E501  (a sentence or a row of a table is one line, however long)

from __future__ import annotations

JOY = """
laughed out loud
danced in a circle
could not stop smiling
hummed a little song
jumped up and down
threw both arms into the air
sang at the top of {hero.his} voice
clapped {hero.his} hands
turned a cartwheel
grinned from ear to ear
hopped from one foot to the other
whistled a merry tune
"""

SADNESS = """
said nothing for a long time
wiped {hero.his} eyes with {hero.his} sleeve
could not eat a thing
stared at the ground
sighed from the bottom of {hero.his} heart
wept until no tears were left
swallowed hard
let {hero.his} head hang
had a lump in {hero.his} throat
felt very small and alone
blew {hero.his} nose twice
sat by the window until the candle had burned down
"""

ANGER = """
stamped {hero.his} foot
slammed the nearest door
clenched {hero.his} fists
went red to the tips of {hero.his} ears
threw {hero.his} hat on the ground
shouted until {hero.his} voice cracked
gritted {hero.his} teeth
would not speak to anyone
tore a handkerchief into tiny pieces
thumped the nearest fence
snorted like a bull
growled like a dog over a bone
"""

FEAR = """
held {hero.his} breath
felt {hero.his} heart pound
trembled from head to toe
did not dare to move
wanted to run away
went as white as chalk
bit {hero.his} lip hard
felt {hero.his} knees turn to butter
felt a cold shiver
counted slowly to ten
could hear {hero.his} own teeth chatter
kept looking over {hero.his} shoulder
"""

SURPRISE = """
rubbed {hero.his} eyes
stood there with {hero.his} mouth open
could hardly believe it
pinched {hero.his} own arm
blinked twice
raised both eyebrows
nearly fell over backwards
gasped
took a step back
thought that {hero.he} was dreaming
"""

SIGNS = {
    "joy": JOY,
    "sadness": SADNESS,
    "anger": ANGER,
    "fear": FEAR,
    "surprise": SURPRISE,
}

# day | what weather it may have
DAYS = """
one morning | any
one evening | any
one sunny day | fair
one cold day | cold
one foggy morning | grey
one windy afternoon | windy
early in spring | spring
late in autumn | windy
on market day | any
on the first day of May | spring
on a Sunday | any
in the middle of summer | fair
the day after the harvest | windy
a week before Christmas | cold
one rainy Monday | grey
on the day of the first snow | cold
"""

# weather | the days that it suits
WEATHERS = """
the sun was shining | any fair spring
the wind smelled of rain | any windy grey
a light snow was falling | cold
mist hung over the fields | any cold grey windy
the swallows flew low | any fair grey
the bells were ringing | any fair spring cold grey windy
clouds sailed over the hills | any windy spring
it was as hot as in an oven | fair
the apple trees were in bloom | spring
leaves whirled through the air | windy
bees hummed in every hedge | fair spring
frost glittered on the roofs | cold
the chimneys were smoking | any cold grey windy
a cuckoo called | spring fair
"""

STORMS = """
thunder rolled over the hills; the wind tore at the roofs; rain beat against the shutters;
hail rattled on the tiles; snow blew through every crack; lightning lit up the street;
the river rose over its banks; sleet whipped across the fields
"""

ILLNESSES = """
a high fever; a terrible cough; a swollen throat; a broken ankle; a pain in the chest; a deep cut in one foot
"""

NOISES = """
a strange scratching; a hollow knocking; a soft moan; a loud crash; a long creak; a faint rattling;
a dull thump; a quiet whisper
"""

COLOURS = "red; blue; yellow; purple; white; orange"

CITIES = "the city; the coast; the mountains; the islands; the capital; the far north"

AUTUMNS = "autumn; September; October; November; late summer"

WEEKDAYS = "Monday; Tuesday; Wednesday; Thursday; Friday; Saturday; Sunday"

SPANS = "two days; five days; a week; ten days; three weeks; a month"

TOOLS = """
a broom; a poker; a frying pan; a rolling pin; a walking stick; an old sword; a candle; a butterfly net; a rake;
a fishing rod
"""

TOWNS = "Hamburg; Vienna; Lisbon; Bergen; Paris; Naples; Dublin; Prague"


def lists() -> dict[str, list[str]]:
    """Return the plain lists, by the names that templates use."""
    tables = {
        "storms": STORMS,
        "illnesses": ILLNESSES,
        "noises": NOISES,
        "colours": COLOURS,
        "cities": CITIES,
        "autumns": AUTUMNS,
        "weekdays": WEEKDAYS,
        "spans": SPANS,
        "towns": TOWNS,
    }
    return {name: [text.strip() for text in t.split(";")] for name, t in tables.items()}
