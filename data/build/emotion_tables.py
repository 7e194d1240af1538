"""What fills the sentences with an emotion: a row is a case, its cells are named in `TABLES`."""

# ruff: noqa: E501  (a sentence or a row of a table is one line, however long)

from __future__ import annotations

TURNS = """
the basket | was full | was empty
the white hen | laid an egg a day | lay still in the straw
the well | had water | was dry
the long table | was crowded | had one chair
the foal | ran round the paddock | could not stand
the letter box | was full | was bare
the boat | lay in the harbour | drifted out at sea
the roof | kept out the rain | let in the rain
the old dog | waited at the gate | was nowhere to be found
the corn | stood high | lay flat
the shop | was full of people | was shut
the sick mare | ate oats | refused the oats
the stove | was warm | was cold
the piano | was played | was silent
"""

CATCHES = """
{n} reached the harbour | the ship to {n.his} brother left
{n} got to the baker's | the last honey cake was sold
{n} reached the theatre | the doors were shut
{n} got to the party | the birthday cake was gone
{n} came with the money | the house of {n.his} childhood was sold
{n} ran into the station | the train to the sea left
{n} found the lamb | the snow covered it
{n} got to the dance | the last song was over
{n} found the ticket | the circus moved on
{n} stood at the gate | the parade with {n.his} father passed
{n} handed in the painting | the contest closed
"""

LIGHTS = """
the howling of the wolves | {n.his} father's calls
the growling of the bear | the bells of the search party
the steps of the robbers | {n.his} brother's whistle
the crackling of the forest fire | the horn of the rescue boat
the hissing of the snakes | {n.his} mother's voice
the shouting of the bandits | the barking of {n.his} own dog
"""

RACES = """
won the race | came last
got the medal | got nothing
took home the silver cup | took home an empty bag
was carried through the village | was left standing in the rain
finished in first place | finished far behind
heard the applause | heard the boos
"""

HONEST = """
had kept to every rule | had taken a short cut
had told the truth | had lied to the judge
had done it all alone | had let others do it
had asked for no favours | had bribed the jury
had studied for a month | had copied the answers
had paid for the ticket | had paid the judge
had worked for it all year | had cheated
"""

PRACTICE = """
had practised for a year | had begun the day before
had four years of lessons | had held a fiddle once
had ridden since childhood | had never sat on a horse
knew every stone of the track | had never seen the track
was the tallest of the team | was the smallest of the team
had the fastest sledge | had an old tin tray
"""

LOADS = """
the warm bread | the burnt crust
the soft bed | the stone floor
the good umbrella | the leaking umbrella
the seat by the stove | the seat by the draughty door
the sweet pears | the sour pears
the dry blanket | the wet blanket
the easy path | the steep path
the light bag | the heavy sack
the new skates | the rusty skates
the thick soup | the thin soup
"""

DEEDS = """
broken the window
let the goats out
eaten the cherries
scratched the teacher's fiddle
left the gate open
spilled the ink
burned the stew
torn the map
"""

FAVOURS = """
pull {n}'s lamb out of the river | and so it drowned
open the gate for {n}'s cows | and so the water took them
give {n} back {n.his} mother's ring | and so it was lost
mend {n}'s roof before the snow | and so the house fell in
wait for {n} at the dock | and so {n.he} never saw the sea
find a doctor for {n}'s mare | and so the stall is empty
speak for {n} before the judge | and so {n.he} lost the farm
carry {n}'s piano out of the fire | and so nobody plays any more
"""

PROMISES = """
a cart of flour | a crumb
a whole cheese | a rind
a gold coin | a copper penny
a young horse | a horseshoe nail
a basket of eggs | an empty shell
a new coat | a button
a barrel of cider | a drop of water
a cow with a calf | a hair of its tail
"""

PREY = """
the hawk | {n}'s only hen | carried off
the fox | {n}'s tame goose | dragged away
the wolf | {n}'s youngest lamb | swallowed
the pike | {n}'s little duckling | drowned
the big cat from next door | {n}'s canary | ate up
the weasel | {n}'s first chick | bit to death
the eagle | {n}'s white kitten | flew away with
the otter | {n}'s goldfish | gobbled up
"""

MISTAKEN = """
a bear | a heap of old coats | in the barn
a wolf | a grey stone | on the path
a snake | a coil of rope | in the boat
a burglar | a hat stand | in the hall
a crocodile | a floating log | by the jetty
a bull | a wooden gate | in the fog
a man with an axe | a scarecrow | in the field
an adder | a leather belt | under the bed
a hungry rat | a ball of grey wool | in the cupboard
a shark | a tin bath | by the pier
"""

TRIALS = """
cross the dark forest
walk through the flames
face the angry bull
swim through the flood
climb the icy tower
spend a night in the graveyard
go past the barking hounds
crawl through the narrow tunnel
"""

BONDS = """
leave {n.his} little sister alone
let {n.his} old father wait outside
let {n.his} best friend sink
leave {n.his} lame dog behind
let {n.his} brother go by himself
miss {n.his} grandmother's last evening
"""

PARTINGS = """
had the wide sea between them | shared one blanket
lived on two sides of a high wall | walked arm in arm
wrote letters across a thousand miles | fell asleep hand in hand
knew each other only from photographs | drank from one cup
ate at two tables in two towns | danced cheek to cheek
spoke through a prison window | sat shoulder to shoulder
were kept apart by the war | warmed each other's hands
"""

GRUDGES = """
the broken kite
the stolen apples
the drowned hat
the torn fishing net
the poisoned well
the burnt haystack
the lost bet
the trampled garden
"""

TENDER = """
laid its head in {n}'s lap | walked past
fell asleep at {n}'s feet | stayed by the hedge
ate out of {n}'s hand | sniffed at the air
licked {n}'s cheek | looked the other way
pressed its nose against {n}'s knee | drank from the pond
followed {n} home | lay down under a tree
"""

DREAMS = """
smoke and flames | the smell of pancakes
a roaring flood | {n.his} mother's morning song
a thief at the window | a birthday cake on the chair
a growling bear | a puppy with a ribbon round its neck
a knife in the dark | sunshine on the first day of the holidays
a cracking roof | the sound of the warm sea
an army at the gate | the wedding bells of {n.his} sister
"""

TIMES = """
in spring | in autumn
in the morning | in the evening
on Monday | on Sunday
last year | this year
at first | in the end
in May | in August
"""

FLOODS = """
the flood
the fire
the landslide
the avalanche
the high tide
the swarm of locusts
"""

# table | names of its cells
TABLES = {
    "turn": (TURNS, "it good bad"),
    "time": (TIMES, "first last"),
    "catch": (CATCHES, "in_time end"),
    "light": (LIGHTS, "danger help"),
    "race": (RACES, "won lost"),
    "honest": (HONEST, "fair foul"),
    "practice": (PRACTICE, "long short"),
    "load": (LOADS, "good bad"),
    "deed": (DEEDS, "done"),
    "favour": (FAVOURS, "do so"),
    "promise": (PROMISES, "big small"),
    "prey": (PREY, "hunter hunted ate"),
    "mistaken": (MISTAKEN, "danger harmless at"),
    "trial": (TRIALS, "do"),
    "bond": (BONDS, "do"),
    "parting": (PARTINGS, "apart close"),
    "grudge": (GRUDGES, "over"),
    "tender": (TENDER, "near far"),
    "dream": (DREAMS, "dark bright"),
    "flood": (FLOODS, "it"),
}

LISTS = {
    "rivals": "the smith's son; the mayor's nephew; the tall stranger; the boy from the mill; the girl from the inn; the judge's daughter",
    "relatives": "brother; sister; cousin; aunt; uncle; stepfather; godmother",
    "judges": "teacher; mayor; priest; policeman; baker; gardener",
    "masters": "miller; innkeeper; ferryman; mayor; landlord; captain; blacksmith; old count",
    "lairs": "behind the mill; at the crossroads; under the bridge; in front of the school; by the old well; in the dark lane",
    "tame": "own dog; old cat; lame pony; tame goose; shaggy goat",
    "wild": "deer; wild swan; fox; hare; grey heron; young boar",
    "theirs": "the neighbour's barn; the church; the inn; the school; the bridge; the smithy",
    "own": "house; garden; goats; boat; orchard; field",
}
