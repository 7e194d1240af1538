"""The words of the English–German pairs: nouns with gender and plural, verbs with their parts."""

# ruff: noqa: E501  (a sentence or a row of a table is one line, however long)

from __future__ import annotations

# English | English plural | German | gender | German plural | what can be done with it
THINGS = """
key | keys | Schlüssel | m | Schlüssel | thing
book | books | Buch | n | Bücher | thing text
letter | letters | Brief | m | Briefe | thing text
ring | rings | Ring | m | Ringe | thing
basket | baskets | Korb | m | Körbe | thing pack
ball | balls | Ball | m | Bälle | thing
doll | dolls | Puppe | f | Puppen | thing break
knife | knives | Messer | n | Messer | thing
spoon | spoons | Löffel | m | Löffel | thing
bell | bells | Glocke | f | Glocken | thing
picture | pictures | Bild | n | Bilder | thing
map | maps | Karte | f | Karten | thing
umbrella | umbrellas | Regenschirm | m | Regenschirme | thing fix
cup | cups | Tasse | f | Tassen | thing break
plate | plates | Teller | m | Teller | thing break
jug | jugs | Krug | m | Krüge | thing break
clock | clocks | Uhr | f | Uhren | thing fix
bicycle | bicycles | Fahrrad | n | Fahrräder | fix trade
boat | boats | Boot | n | Boote | fix trade
cart | carts | Wagen | m | Wagen | fix trade
chair | chairs | Stuhl | m | Stühle | fix trade heavy
table | tables | Tisch | m | Tische | fix trade heavy
parcel | parcels | Paket | n | Pakete | pack heavy thing
suitcase | suitcases | Koffer | m | Koffer | open pack heavy thing
box | boxes | Kiste | f | Kisten | open heavy
bag | bags | Tasche | f | Taschen | open pack thing
door | doors | Tür | f | Türen | open lock
window | windows | Fenster | n | Fenster | open
gate | gates | Tor | n | Tore | open lock
shop | shops | Laden | m | Läden | open lock
candle | candles | Kerze | f | Kerzen | light thing
lamp | lamps | Lampe | f | Lampen | light thing break fix
coat | coats | Mantel | m | Mäntel | wear dress
jacket | jackets | Jacke | f | Jacken | wear dress
dress | dresses | Kleid | n | Kleider | wear dress
shirt | shirts | Hemd | n | Hemden | wear dress
cap | caps | Mütze | f | Mützen | wear
scarf | scarves | Schal | m | Schals | wear
apple | apples | Apfel | m | Äpfel | food trade
pear | pears | Birne | f | Birnen | food trade
egg | eggs | Ei | n | Eier | food trade
cake | cakes | Kuchen | m | Kuchen | food trade
sausage | sausages | Wurst | f | Würste | food trade
roll | rolls | Brötchen | n | Brötchen | food trade
dog | dogs | Hund | m | Hunde | animal
cat | cats | Katze | f | Katzen | animal
goat | goats | Ziege | f | Ziegen | animal trade
cow | cows | Kuh | f | Kühe | animal trade
horse | horses | Pferd | n | Pferde | animal trade
pig | pigs | Schwein | n | Schweine | animal trade
donkey | donkeys | Esel | m | Esel | animal trade
duck | ducks | Ente | f | Enten | animal trade
room | rooms | Zimmer | n | Zimmer | room
kitchen | kitchens | Küche | f | Küchen | room
barn | barns | Scheune | f | Scheunen | room
"""

# English | plural | German | German accusative and dative | gender | German plural
PEOPLE = """
man | men | Mann | Mann | m | Männer
woman | women | Frau | Frau | f | Frauen
child | children | Kind | Kind | n | Kinder
girl | girls | Mädchen | Mädchen | n | Mädchen
boy | boys | Junge | Jungen | m | Jungen
baker | bakers | Bäcker | Bäcker | m | Bäcker
miller | millers | Müller | Müller | m | Müller
farmer | farmers | Bauer | Bauern | m | Bauern
fisherman | fishermen | Fischer | Fischer | m | Fischer
neighbour | neighbours | Nachbar | Nachbarn | m | Nachbarn
doctor | doctors | Arzt | Arzt | m | Ärzte
queen | queens | Königin | Königin | f | Königinnen
shepherd | shepherds | Hirte | Hirten | m | Hirten
sailor | sailors | Matrose | Matrosen | m | Matrosen
gardener | gardeners | Gärtner | Gärtner | m | Gärtner
"""

KIN = """
brother | brothers | Bruder | Bruder | m | Brüder
sister | sisters | Schwester | Schwester | f | Schwestern
grandmother | grandmothers | Großmutter | Großmutter | f | Großmütter
grandfather | grandfathers | Großvater | Großvater | m | Großväter
aunt | aunts | Tante | Tante | f | Tanten
uncle | uncles | Onkel | Onkel | m | Onkel
mother | mothers | Mutter | Mutter | f | Mütter
father | fathers | Vater | Vater | m | Väter
"""

GIRLS = [
    "Mia",
    "Anna",
    "Lena",
    "Rosa",
    "Clara",
    "Nora",
    "Ida",
    "Emma",
    "Greta",
    "Hanna",
    "Marta",
    "Paula",
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
]

# English | German stem | which nouns it suits
ADJECTIVES = """
old | alt | thing trade animal wear open person kin
new | neu | thing wear fix
small | klein | thing trade animal open room food
big | groß | thing trade animal open room food
beautiful | schön | thing wear room
red | rot | thing wear fix open
blue | blau | thing wear fix open
green | grün | thing wear fix open
white | weiß | wear animal open
black | schwarz | wear animal
heavy | schwer | heavy
young | jung | animal person
poor | arm | person
hungry | hungrig | animal person
tired | müd | animal person kin
strong | stark | person
fresh | frisch | food
warm | warm | wear
friendly | freundlich | person kin
ill | krank | animal kin
"""

# base | 3rd person | past | particle | German 3rd person | infinitive | prefix | participle | aux | objects
VERBS = """
lose | loses | lost | | verliert | verlieren | | verloren | hat | thing wear
find | finds | found | | findet | finden | | gefunden | hat | thing wear animal
buy | buys | bought | | kauft | kaufen | | gekauft | hat | thing wear food trade
sell | sells | sold | | verkauft | verkaufen | | verkauft | hat | thing trade
forget | forgets | forgot | | vergisst | vergessen | | vergessen | hat | thing wear
hide | hides | hid | | versteckt | verstecken | | versteckt | hat | thing
fetch | fetches | fetched | | holt | holen | | geholt | hat | thing animal
steal | steals | stole | | stiehlt | stehlen | | gestohlen | hat | thing trade
look | looks | looked | for | sucht | suchen | | gesucht | hat | thing wear animal
break | breaks | broke | | zerbricht | zerbrechen | | zerbrochen | hat | break
repair | repairs | repaired | | repariert | reparieren | | repariert | hat | fix
carry | carries | carried | | trägt | tragen | | getragen | hat | heavy
feed | feeds | fed | | füttert | füttern | | gefüttert | hat | animal
wash | washes | washed | | wäscht | waschen | | gewaschen | hat | wear
visit | visits | visited | | besucht | besuchen | | besucht | hat | person kin
bring | brings | brought | back | bringt | bringen | zurück | zurückgebracht | hat | thing
give | gives | gave | back | gibt | geben | zurück | zurückgegeben | hat | thing
take | takes | took | along | nimmt | nehmen | mit | mitgenommen | hat | thing animal
throw | throws | threw | away | wirft | werfen | weg | weggeworfen | hat | thing
open | opens | opened | | macht | machen | auf | aufgemacht | hat | open
close | closes | closed | | macht | machen | zu | zugemacht | hat | open
lock | locks | locked | | schließt | schließen | ab | abgeschlossen | hat | lock
put | puts | put | on | zieht | ziehen | an | angezogen | hat | dress
take | takes | took | off | zieht | ziehen | aus | ausgezogen | hat | dress
light | lights | lit | | zündet | zünden | an | angezündet | hat | light
eat | eats | ate | up | isst | essen | auf | aufgegessen | hat | food
unpack | unpacks | unpacked | | packt | packen | aus | ausgepackt | hat | pack
tidy | tidies | tidied | up | räumt | räumen | auf | aufgeräumt | hat | room
invite | invites | invited | | lädt | laden | ein | eingeladen | hat | person kin
call | calls | called | up | ruft | rufen | an | angerufen | hat | person kin
pick | picks | picked | up | holt | holen | ab | abgeholt | hat | person kin
"""

# the same without an object; the last cell says whether it happens somewhere
MOVES = """
arrive | arrives | arrived | | kommt | kommen | an | angekommen | ist | somewhere
come | comes | came | back | kommt | kommen | zurück | zurückgekommen | ist |
run | runs | ran | away | läuft | laufen | weg | weggelaufen | ist |
get | gets | got | up | steht | stehen | auf | aufgestanden | ist |
fall | falls | fell | asleep | schläft | schlafen | ein | eingeschlafen | ist | somewhere
wake | wakes | woke | up | wacht | wachen | auf | aufgewacht | ist | somewhere
fall | falls | fell | down | fällt | fallen | hin | hingefallen | ist | somewhere
come | comes | came | along | kommt | kommen | mit | mitgekommen | ist |
move | moves | moved | away | zieht | ziehen | weg | weggezogen | ist |
laugh | laughs | laughed | | lacht | lachen | | gelacht | hat | somewhere
cry | cries | cried | | weint | weinen | | geweint | hat | somewhere
sleep | sleeps | slept | | schläft | schlafen | | geschlafen | hat | somewhere
work | works | worked | | arbeitet | arbeiten | | gearbeitet | hat | somewhere
sing | sings | sang | | singt | singen | | gesungen | hat | somewhere
listen | listens | listened | | hört | hören | zu | zugehört | hat |
"""

# base | past | German infinitive | participle: somebody something
GIFTS = """
give | gave | geben | gegeben
show | showed | zeigen | gezeigt
bring | brought | bringen | gebracht
lend | lent | leihen | geliehen
sell | sold | verkaufen | verkauft
"""

# English | German
PLACES = """
in the garden | im Garten
in the kitchen | in der Küche
in the forest | im Wald
in the barn | in der Scheune
at the market | auf dem Markt
at the station | am Bahnhof
by the river | am Fluss
on the bridge | auf der Brücke
behind the house | hinter dem Haus
under the tree | unter dem Baum
in front of the church | vor der Kirche
next to the mill | neben der Mühle
"""

PAST_TIMES = """
yesterday | gestern
this morning | heute Morgen
on Sunday | am Sonntag
in the evening | am Abend
in the night | in der Nacht
an hour ago | vor einer Stunde
three days ago | vor drei Tagen
last week | letzte Woche
"""

USUAL_TIMES = """
every morning | jeden Morgen
every evening | jeden Abend
on Mondays | montags
on Sundays | sonntags
in winter | im Winter
in summer | im Sommer
"""

# English singular | plural | German singular | plural: before an infinitive
MODALS = """
wants to | want to | will | wollen
can | can | kann | können
must | must | muss | müssen
should | should | soll | sollen
is allowed to | are allowed to | darf | dürfen
"""

# English | German: what somebody does before a clause with "that"
THOUGHTS = """
knows | weiß
says | sagt
believes | glaubt
writes | schreibt
sees | sieht
"""

# English | German: how somebody is, because of something
MOODS = """
happy | glücklich
sad | traurig
angry | wütend
surprised | überrascht
proud | stolz
worried | besorgt
"""

NUMBERS = """
two | zwei
three | drei
four | vier
five | fünf
"""
