"""The words of the village: its people, things, places, animals, trades and food. No stories."""

# ruff: noqa: E501  (a sentence or a row of a table is one line, however long)

from __future__ import annotations

GIRLS = [
    "Mia",
    "Anna",
    "Lena",
    "Rosa",
    "Clara",
    "Nora",
    "Ida",
    "Emma",
    "Lily",
    "Greta",
    "Hanna",
    "Marta",
    "Paula",
    "Elsa",
    "Vera",
    "Nina",
    "Olga",
    "Tilda",
    "Stella",
    "Wilma",
    "Dora",
    "Ruth",
    "Alma",
    "Frieda",
]

BOYS = [
    "Tom",
    "Ben",
    "Paul",
    "Max",
    "Jonas",
    "Oskar",
    "Felix",
    "Emil",
    "Anton",
    "Hugo",
    "Karl",
    "Leo",
    "Otto",
    "Peter",
    "Simon",
    "Theo",
    "Viktor",
    "Jakob",
    "Moritz",
    "Konrad",
    "Albert",
    "Bruno",
    "Linus",
    "Fritz",
]

KIN = {
    "she": ["grandmother", "mother", "aunt", "sister", "godmother"],
    "he": ["grandfather", "father", "uncle", "brother", "godfather"],
}

# thing | adjectives | marks by which its owner knows it again
THINGS = """
key | brass, rusty, tiny | a star on the handle, a bent tooth
scarf | red, woollen, striped | a darned corner, one loose thread
ring | silver, narrow, plain | a date on the inside, a small blue stone
whistle | tin, wooden, shrill | a chip at the mouth, a leather string
compass | old, round, heavy | a scratch on the glass, a needle that trembled
knife | folding, sharp, short | a horn handle, a notch in the blade
lantern | green, dented, storm | a cracked pane, a twisted hook
basket | willow, deep, light | a mended handle, a blue ribbon
umbrella | black, huge, faded | a duck's head for a handle, one broken rib
book | thick, worn, slim | a pressed leaf on the first page, a torn cover
doll | rag, cloth, smiling | one button eye, hair of yellow wool
ball | leather, bouncy, spotted | a patch on one side, a name in faded ink
drum | toy, painted, loud | a split rim, two crossed sticks on the side
flute | bamboo, slender, dark | seven burnt holes, a crack near the end
watch | pocket, golden, slow | a lid that would not close, a swan on the lid
mug | clay, chipped, speckled | a thumbprint in the glaze, a crooked handle
spoon | carved, silver, long | a rose on the stem, a worn edge
purse | beaded, small, velvet | a broken clasp, a penny sewn into the lining
map | folded, yellowed, inky | a coffee stain in the middle, a red cross in one corner
bell | copper, cracked, small | a grapevine round the rim, a deep dull tone
button | pearl, shiny, large | four square holes, an anchor on the front
marble | glass, cloudy, lucky | a green twist inside, a tiny bubble in the middle
comb | bone, fine, polished | two missing teeth, a bird on the back
cap | woolly, checked, soft | a feather on the side, a hole above the ear
pencil | blue, stubby, chewed | teeth marks at the end, three notches
kite | paper, bright, long-tailed | a painted face, a tail of rags
horseshoe | lucky, bent, rusty | seven nail holes, a scrap of red paint
necklace | amber, fine, knotted | a fly in one bead, a hook of bent wire
jug | tall, white, stoneware | a blue rim, a nick below the spout
hammer | light, small, trusty | initials burnt into the handle, a red band round the shaft
"""

# what can break -> the trade that mends it
MENDERS = {
    "compass": "clockmaker",
    "lantern": "blacksmith",
    "flute": "carpenter",
    "watch": "clockmaker",
    "mug": "potter",
    "jug": "potter",
    "comb": "carpenter",
    "necklace": "clockmaker",
}

# what may lie for years in a box
HOARDED = """
key ring whistle compass knife book flute watch spoon purse map bell button marble comb necklace horseshoe
"""

# where one arrives | how one is there | by what | how one hears it come
ARRIVALS = """
station | at the station | train | the rails began to hum
harbour | at the harbour | ship | a horn sounded over the water
bridge | on the bridge | cart | the planks began to rattle
inn | at the inn | coach | hooves clattered on the cobbles
river | by the river | ferry | a chain squeaked in the mist
"""

# place | how one is there | what happened to somebody there | where that left them
DANGERS = """
river | by the river | slipped on the wet stones | in the cold water up to {friend.his} chin
pond | at the pond | fell off the little jetty | in the black water up to {friend.his} neck
quarry | in the quarry | stumbled over the edge | on a narrow ledge far below
well | at the well | leaned over too far | at the bottom in the mud
tower | in the tower | trod on a rotten stair | between the beams, high above the ground
mill | at the mill | climbed on the great wheel | on the topmost paddle
forest | in the forest | stepped into the swamp | in the mud up to {friend.his} belt
bridge | on the bridge | trod on a loose plank | above the rushing water, holding on with one hand
"""

ROPES = """a rope; a ladder; a long branch; a washing line; a fishing rod; a leather belt; a bell rope; a plank"""

# place | how one is there | how one goes there | spots where something may lie
PLACES = """
mill | at the mill | to the mill | under an empty flour sack; behind the millstone; between two wheels
orchard | in the orchard | to the orchard | in the fork of a pear tree; under the oldest tree; beside the ladder
harbour | at the harbour | to the harbour | inside a coil of rope; among the fishing nets; under an upturned boat
market | at the market | to the market | under the cheese stall; behind the flower buckets; between two crates of eggs
church | in the church | to the church | under the last pew; behind the organ; next to the candle box
school | at the school | to the school | behind the blackboard; behind the coat rack; in the chalk drawer
bakery | in the bakery | to the bakery | behind the bread bin; next to the warm oven; under the kneading table
forest | in the forest | to the forest | among the ferns; under a mossy log; at the foot of a beech
river | by the river | to the river | between the wet stones; in the reeds; under the hanging roots
bridge | on the bridge | to the bridge | in a gap between the planks; at the foot of the railing; behind the middle pillar
barn | in the barn | to the barn | deep in the hay; under the pitchfork; behind the milk cans
meadow | in the meadow | to the meadow | under a thorn bush; among the tall grass; beside a molehill
library | in the library | to the library | between two dusty atlases; behind the curtain; under the reading lamp
station | at the station | to the station | under a bench on the platform; beside the ticket window; behind the luggage cart
smithy | at the smithy | to the smithy | in the coal bucket; behind the bellows; beside the anvil
vineyard | in the vineyard | to the vineyard | at the end of a row; inside a grape tub; by the stone wall
well | at the well | to the well | in the bucket; between the cobbles; under a mossy stone
inn | at the inn | to the inn | under the long table; behind the piano; behind the hat shelf
quarry | in the quarry | to the quarry | under a slab of slate; under the tipped cart; beside a puddle of green water
tower | in the tower | to the tower | under the winding stairs; under the great clock; in a jackdaw's nest
greenhouse | in the greenhouse | to the greenhouse | behind the tomato plants; inside a flowerpot; under a watering can
pond | at the pond | to the pond | among the rushes; under the little jetty; in the mud by the bank
dairy | in the dairy | to the dairy | behind the butter churn; behind the cheese rack; under a pile of cloths
chapel | at the chapel | to the chapel | under the stone step; beneath the cracked window; behind the iron gate
"""

# trade | he or she | three things that the trade is busy with
TRADES = """
baker | he | kneading dough; dusting loaves with flour; sliding rolls into the oven
miller | she | sweeping the floor; tying up sacks of grain; oiling the great wheel
blacksmith | he | hammering a horseshoe; heating a bar of iron; sharpening a plough
carpenter | she | planing a door; sawing a beam; sanding the legs of a stool
shepherd | he | counting his flock; whistling for his dogs; mending a fence
fisherman | he | drying his nets; cleaning a trout; painting his boat
tailor | she | threading a needle; pinning up a hem; pressing a coat
weaver | she | winding her shuttle; dyeing yarn; stretching a carpet
potter | he | shaping a bowl; mixing glaze; stacking plates in the kiln
beekeeper | she | smoking a hive; pouring honey into jars; scraping wax from a frame
gardener | he | pruning the roses; raking gravel; watering the lettuce
teacher | she | marking tests; cleaning the blackboard; watering the beans in the classroom
doctor | he | packing his black bag; rolling bandages; counting pills
postman | he | sorting parcels; stamping letters; pumping up a bicycle tyre
clockmaker | she | winding the clocks; polishing tiny gears; peering through her lens
cobbler | he | nailing a heel; waxing thread; stitching a boot
innkeeper | she | wiping the tables; tapping a barrel; setting out plates
librarian | he | dusting the shelves; glueing a loose page; reading in a corner
ferryman | he | bailing out his ferry; pulling at the rope; waiting for passengers
milkmaid | she | churning butter; scrubbing pails; carrying two full buckets
organist | he | practising a hymn; turning pages of music; tuning a pipe
cheesemaker | she | salting cheeses; stirring the curds; scrubbing a kettle
bricklayer | he | mixing mortar; laying a row of bricks; whistling on his scaffold
nurse | she | boiling water; folding sheets; measuring out drops
"""

# animal | sound | what was hurt | what it ate | how it said thank you | home
ANIMALS = """
goat | bleated | leg | cabbage leaves | pushed its warm nose into {hero.his} hand | stable
lamb | bleated | hoof | warm milk | followed {hero.him} like a shadow | stable
puppy | whimpered | paw | scraps of sausage | licked {hero.his} face | kennel
kitten | mewed | tail | warm cream | purred like a little engine | cushion
hen | clucked | foot | yellow corn | laid a brown egg in {hero.his} boot | coop
duckling | peeped | wing | soaked bread | waddled after {hero.him} all day | crate
donkey | brayed | knee | juicy carrots | rubbed its long ears on {hero.his} sleeve | shed
rabbit | squeaked | ear | dandelion leaves | fell asleep in {hero.his} lap | hutch
hedgehog | snuffled | snout | beetles and porridge | uncurled for the first time | leaf pile
owl | hooted | claw | strips of meat | sat down on {hero.his} shoulder | rafters
crow | croaked | beak | breadcrumbs | brought {hero.him} a shiny pebble | perch
squirrel | chattered | back | hazelnuts | hid a nut in {hero.his} pocket | nest
swallow | chirped | wing | flies and gnats | circled three times above {hero.his} head | nest
foal | whinnied | shin | soft oats | laid its head on {hero.his} shoulder | paddock
calf | lowed | hip | sweet hay | sucked on {hero.his} fingers | stall
piglet | squealed | belly | potato peelings | danced round {hero.his} feet | sty
"""

# how one sees that it is broken
BREAKAGES = """
compass | the glass lay beside the needle
lantern | the panes lay beside the frame
flute | then there were two pieces
watch | the little wheels rolled over the floor
mug | then there were three pieces
jug | then there were four pieces
comb | then there were two pieces
necklace | the beads rolled over the floor
"""

# these belong to nobody
WILD = ["duckling", "hedgehog", "owl", "crow", "squirrel", "swallow"]

# of these, those that are away or asleep: by kind of day
AWAY = {"cold": ["duckling", "hedgehog", "swallow"], "windy": ["swallow"]}

BEASTS = ["owl", "hedgehog", "goat", "donkey", "hen", "puppy", "kitten", "calf", "piglet", "crow"]

# what one can make | the trade that knows how | material | part that is made last
CRAFTS = """
blanket | weaver | soft grey wool | the fringe
stool | carpenter | a piece of oak | the third leg
bowl | potter | a lump of clay | the glaze
candle | beekeeper | golden wax | the wick
birdhouse | carpenter | a few pine boards | the little roof
wreath | gardener | dry branches and berries | the bow
apron | tailor | an arm's length of linen | the pocket
pie | baker | flour, butter and plums | the crust
bracelet | blacksmith | a strip of copper | the clasp
net | fisherman | a ball of strong twine | the last row of knots
pair of slippers | cobbler | an old piece of felt | the left sole
calendar | librarian | twelve sheets of card | the picture for December
sundial | bricklayer | a flat grey stone | the pointer
cheese | cheesemaker | a pail of fresh milk | the rind
music box | clockmaker | springs and brass pins | the tune
bar of soap | nurse | oil, ashes and lavender | the scent
"""

# what one can grow | where it stands | what harms it | when it is ripe or in bloom | what it is good for then
PLANTS = """
pumpkin | behind the compost heap | slugs | October | soup for the whole street
sunflower | along the fence | strong winds | September | a bag of seeds for the birds
bean | at the foot of a pole | greedy pigeons | August | a pot of stew
rose bush | under the kitchen window | grey mould | June | two full vases
strawberry plant | in an old pot | hungry snails | June | six jars of jam
pear tree | against the south wall | wasps | September | a tray of sweet tarts
lavender bush | beside the front door | the late frost | July | scented bags for the linen
potato | in the stony corner by the hedge | striped beetles | September | dumplings on Sunday
cherry tree | next to the rain barrel | cheeky starlings | July | a cake with cream
tulip | beside the pump | field mice | May | a present for the sick teacher
"""

FOODS = """
pumpkin soup; plum cake; onion tart; blackberry jam; goat cheese; apple strudel; rye bread;
honey biscuits; carrot cake; potato dumplings; cherry pie; mushroom stew; cinnamon rolls;
pickled cucumbers; walnut bread; raspberry cream
"""

# what one bakes, and what one cooks with others at a contest
BAKES = """
plum cake; onion tart; apple strudel; honey biscuits; carrot cake; cherry pie; cinnamon rolls; walnut bread
"""
DISHES = """
pumpkin soup; plum cake; onion tart; apple strudel; rye bread; honey biscuits; carrot cake;
potato dumplings; cherry pie; mushroom stew; cinnamon rolls; walnut bread
"""
