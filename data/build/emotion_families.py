"""Sentences with an emotion that no single word gives away.

In each family the same words serve two emotions: who did it to whom, what came first, what was
said and what was done decide. `{n}` is the one who feels. What fills them is in
`emotion_tables.py`.
"""

# ruff: noqa: E501  (a sentence or a row of a table is one line, however long)

from __future__ import annotations

# family -> emotion -> templates
FAMILIES: dict[str, dict[str, tuple[str, ...]]] = {
    "turns": {
        "joy": (
            "{+n:people}{+t:turn}At {n}'s {t.it} {t.bad} {w:time.first} and {t.good} {w.last}.",
            "{+n:people}{+t:turn}{W:time.last} {t.it} at {n}'s {t.good}, although {w.first} it {t.bad}.",
        ),
        "sadness": (
            "{+n:people}{+t:turn}At {n}'s {t.it} {t.good} {w:time.first} and {t.bad} {w.last}.",
            "{+n:people}{+t:turn}{W:time.last} {t.it} at {n}'s {t.bad}, although {w.first} it {t.good}.",
        ),
    },
    "in_time": {
        "joy": (
            "{+n:people}{C:catch.in_time} [shortly|a minute|just|a moment] before {c.end}.",
            "{+n:people}{+c:catch}Before {c.end}, {c.in_time}.",
        ),
        "sadness": (
            "{+n:people}{C:catch.end} [shortly|a minute|just|a moment] before {c.in_time}.",
            "{+n:people}{+c:catch}Before {c.in_time}, {c.end}.",
        ),
    },
    "in_the_dark": {
        "joy": (
            "[Lost|Alone] in the [forest|mountains|reeds], {n:people} heard {l:light.help} come nearer[| and nearer].",
            "[Lost|Alone] in the [forest|mountains|reeds], {n:people} heard {l:light.danger} fade away[| in the distance].",
        ),
        "fear": (
            "[Lost|Alone] in the [forest|mountains|reeds], {n:people} heard {l:light.danger} come nearer[| and nearer].",
            "[Lost|Alone] in the [forest|mountains|reeds], {n:people} heard {l:light.help} fade away[| in the distance].",
        ),
    },
    "fair_play": {
        "joy": (
            "{N:people}, who {h:honest.fair}, {r:race.won}, and {:rivals}, who {h.foul}, {r.lost}.",
            "{+n:people}{:Rivals}, who {h:honest.foul}, {r:race.lost}, and {n}, who {h.fair}, {r.won}.",
        ),
        "anger": (
            "{N:people}, who {h:honest.fair}, {+r:race}{r.lost}, and {:rivals}, who {h.foul}, {r.won}.",
            "{+n:people}{:Rivals}, who {h:honest.foul}, {+r:race}{r.won}, and {n}, who {h.fair}, {r.lost}.",
        ),
    },
    "beginners": {
        "joy": (
            "{N:people}, who {p:practice.long}, {r:race.won}, and {:rivals}, who {p.short}, {r.lost}.",
            "{+n:people}{:Rivals}, who {p:practice.short}, {r:race.lost}, and {n}, who {p.long}, {r.won}.",
        ),
        "surprise": (
            "{N:people}, who {p:practice.short}, {r:race.won}, and {:rivals}, who {p.long}, {r.lost}.",
            "{+n:people}{:Rivals}, who {p:practice.long}, {r:race.lost}, and {n}, who {p.short}, {r.won}.",
        ),
    },
    "sharing": {
        "anger": (
            "{N:people}'s {:relatives} [took|kept|chose] {l:load.good} and left {n.him} {l.bad}[|, as always| without a word].",
            "{+n:people}{L:load.bad} went to {n} and {l.good} to {n.his} {r:relatives}, for it was the {r} who shared.",
        ),
        "love": (
            "{N:people}'s {:relatives} [took|kept|chose] {l:load.bad} and left {n.him} {l.good}[|, as always| without a word].",
            "{+n:people}{L:load.good} went to {n} and {l.bad} to {n.his} {r:relatives}, for it was the {r} who shared.",
        ),
    },
    "blame": {
        "anger": (
            "{+n:people}It was {n.his} {s:siblings} who had {d:deed}, but to the {:judges} {s.he} said that it was {n}.",
            "{+n:people}To the {:judges} {n.his} {s:siblings} said that it was {n} who had {d:deed}, but in truth it was {s.he}.",
        ),
        "love": (
            "It was {n:people} who had {d:deed}, but to the {:judges} {n.his} {s:siblings} said that it was {s.he}.",
            "{+n:people}To the {:judges} {n.his} {s:siblings} said that it was {s.he} who had {d:deed}, but in truth it was {n}.",
        ),
    },
    "help": {
        "anger": (
            "{+n:people}The {x:masters} could {f:favour.do}, but did not want to, {f.so}.",
            "{+n:people}The {x:masters} did not want to {f:favour.do}, but could, {f.so}.",
        ),
        "sadness": (
            "{+n:people}The {x:masters} did want to {f:favour.do}, but could not, {f.so}.",
            "{+n:people}The {x:masters} could not {f:favour.do}, but did want to, {f.so}.",
        ),
    },
    "promises": {
        "anger": (
            "The {:masters} [had promised|promised] {n:people} {p:promise.big} and gave {n.him} {p.small}.",
            "{N:people} got {+p:promise}{p.small} from the {:masters}, who had promised {n.him} {p.big}.",
        ),
        "surprise": (
            "The {:masters} [had promised|promised] {n:people} {+p:promise}{p.small} and gave {n.him} {p.big}.",
            "{N:people} got {p:promise.big} from the {:masters}, who had promised {n.him} {p.small}.",
        ),
    },
    "hunters": {
        "sadness": (
            "{+n:people}[On Sunday|In the night|Before breakfast|By the pond] {p:prey.hunter} {p.ate} {p.hunted}.",
            "{+n:people}{+p:prey}{P.hunter} {p.ate} {p.hunted} [on Sunday|in the night|before breakfast|by the pond].",
        ),
        "surprise": (
            "{+n:people}[On Sunday|In the night|Before breakfast|By the pond] {p:prey.hunted} {p.ate} {p.hunter}.",
            "{+n:people}{+p:prey}{P.hunted} {p.ate} {p.hunter} [on Sunday|in the night|before breakfast|by the pond].",
        ),
    },
    "mistaken": {
        "fear": (
            "{+n:people}{+m:mistaken}{M.at}, as {n} saw only [up close|now|at the last moment], there was {m.danger} and not {m.harmless}.",
            "What {n:people} had taken for {m:mistaken.harmless} {m.at} was {m.danger}.",
            "{+n:people}It was {m:mistaken.danger} {m.at}, and not, as {n} had thought, {m.harmless}.",
        ),
        "surprise": (
            "{+n:people}{+m:mistaken}{M.at}, as {n} saw only [up close|now|at the last moment], there was {m.harmless} and not {m.danger}.",
            "What {n:people} had taken for {m:mistaken.danger} {m.at} was {m.harmless}.",
            "{+n:people}It was {m:mistaken.harmless} {m.at}, and not, as {n} had thought, {m.danger}.",
        ),
    },
    "rather": {
        "fear": (
            "{N:people} would [rather|sooner] {b:bond.do} than {t:trial.do}.",
            "{+n:people}Rather than {t:trial.do}, {n} would {b:bond.do}.",
        ),
        "love": (
            "{N:people} would [rather|sooner] {t:trial.do} than {b:bond.do}.",
            "{+n:people}Rather than {b:bond.do}, {n} would {t:trial.do}.",
        ),
    },
    "partings": {
        "love": (
            "{+n:people}{N} and {n.his} {:partner} {p:parting.apart} for [two|three|seven] years, and now they {p.close}.",
            "{+n:people}Now {n} and {n.his} {:partner} {p:parting.close}, after [two|three|seven] years in which they {p.apart}.",
        ),
        "sadness": (
            "{+n:people}{N} and {n.his} {:partner} {+p:parting}{p.close} for [two|three|seven] years, and now they {p.apart}.",
            "{+n:people}Now {n} and {n.his} {:partner} {p:parting.apart}, after [two|three|seven] years in which they {p.close}.",
        ),
    },
    "grudges": {
        "fear": (
            "{N:people} knew that {r:rivals} [was waiting|stood|sat] {:lairs} and had not forgotten {:grudge}.",
            "{+n:people}Because of {g:grudge} {r:rivals} was waiting {:lairs}, and {n} knew it.",
        ),
        "anger": (
            "{+n:people}{R:rivals} knew that {n} [was waiting|stood|sat] {:lairs} and had not forgotten {:grudge}.",
            "{+n:people}Because of {g:grudge} {n} was waiting {:lairs}, and {r:rivals} knew it.",
        ),
    },
    "creatures": {
        "love": (
            "{+n:people}{N}'s {:tame} {t:tender.near}, and the {:wild} {t.far}.",
            "{+n:people}The {:wild} {+t:tender}{t.far}, and {n}'s {:tame} {t.near}.",
        ),
        "surprise": (
            "{+n:people}{N}'s {:tame} {+t:tender}{t.far}, and the {:wild} {t.near}.",
            "{+n:people}The {:wild} {+t:tender}{t.near}, and {n}'s {:tame} {t.far}.",
        ),
    },
    "dreams": {
        "joy": (
            "{N:people} dreamed of {d:dream.dark} and woke to {d.bright}.",
            "{N:people} woke to {d:dream.bright} after a dream of {d.dark}.",
        ),
        "fear": (
            "{N:people} dreamed of {d:dream.bright} and woke to {d.dark}.",
            "{N:people} woke to {d:dream.dark} after a dream of {d.bright}.",
        ),
    },
    "not_yet": {
        "fear": (
            "{+n:people}{F:flood} had already reached {:theirs} and not yet {n}'s {:own}.",
            "{+n:people}Not yet {n}'s {o:own} but already {:theirs} had been [hit|taken|swallowed] by {:flood}.",
        ),
        "sadness": (
            "{+n:people}{F:flood} had already [hit|taken|swallowed] {n}'s {:own} and not yet {:theirs}.",
            "{+n:people}Not yet {:theirs} but already {n}'s {o:own} had been [hit|taken|swallowed] by {:flood}.",
        ),
    },
}
