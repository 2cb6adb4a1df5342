"""A right study file, and slips in single keys, cards and the diffusion cell: what stands there, what is put in its
place, and how the message goes on after the file's name.
"""

GOOD = """
title = "A study"
horizon = "120 d"
seed = 1
members = 8
[person]
age = "34 y"
sex = "female"
phototype = 3
[site]
card = "cheek"
area = "60 cm2"
[protocol]
name = "needling"
[[protocol.session]]
time = "0 d"
device = "test_pen"
depth = "1.5 mm"
dwell = "3 min"
[[protocol.topical]]
active = "caffeine"
concentration = "10 mg/ml"
vehicle = "hydrogel"
film = "50 um"
after_session = "0 min"
leave = "24 h"
[[protocol.care]]
what = "sunscreen"
end = "28 d"
[[arm]]
name = "sham"
kind = "sham"
"""

IN_VITRO = """
[in_vitro]
thickness = "2 mm"
layer = "dermatomed"
area = "1 cm2"
temperature = "32 degC"
"""

CELL = GOOD.replace('area = "60 cm2"\n', "").replace("seed = 1", 'seed = 1\nsetup = "in vitro"') + IN_VITRO

BAD_KEY = {
    "unknown key": (
        'horizon = "120 d"',
        'horizon = "120 d"\nmember = 3',
        "member: found an unknown key, allowed members (nearest)",
    ),
    "key below the wrong header": (
        'sex = "female"',
        'sex = "female"\noutcomes = ["tewl"]',
        "person.outcomes: found an unknown key, allowed above the first table; here: age, allergies, baseline, card, "
        "conditions, habits, medicines, phototype, pregnant, sex",
    ),
    "table in the wrong place": (
        "[[arm]]",
        "[[session]]",
        "session: found an unknown key, allowed in [protocol] or in [arm]; here: arm, detail, horizon, in_vitro, ",
    ),
    "misspelt needed key is told once": (
        'depth = "1.5 mm"',
        'dept = "1.5 mm"',
        "protocol.session[0].dept: found an unknown key, allowed depth (nearest)",
    ),
    "unknown baseline": (
        "phototype = 3",
        'phototype = 3\nbaseline = { scar_volume = "12 um" }',
        "person.baseline.scar_volume: found an unknown key, allowed boxcar_scar_volume, rolling_scar_volume, "
        "icepick_scar_volume (nearest); all: boxcar_scar_volume, hair_density, icepick_scar_volume, line_depth, "
        "line_width, melanin_index, pore_area, rolling_scar_volume, stria_width",
    ),
    "more pores than skin": (
        'sex = "female"',
        'sex = "female"\nbaseline = { pore_area = "1.2" }',
        'person.baseline.pore_area: found "1.2", allowed 0 to 1',
    ),
    "a line as deep as a purse": (
        'sex = "female"',
        'sex = "female"\nbaseline = { line_depth = "6 mm" }',
        'person.baseline.line_depth: found "6 mm", allowed 0 mm to 5 mm',
    ),
    "hair without an area": (
        'sex = "female"',
        'sex = "female"\nbaseline = { hair_density = "150" }',
        'person.baseline.hair_density: found "150" (has no unit), allowed 0 cm-2 to 1000 cm-2',
    ),
    "missing key": ('depth = "1.5 mm"', "", "protocol.session[0].depth: found nothing, allowed a value: this key is"),
    "missing title": ('title = "A study"', "", "title: found nothing, allowed a value: this key is needed"),
    "empty title": ('"A study"', '""', 'title: found "", allowed text that is not empty'),
    "title not text": ('"A study"', "3", "title: found 3, allowed text in quotes"),
    "table needed": ('[[arm]]\nname = "sham"\nkind = "sham"', 'arm = ["sham"]', "protocol.care[0].arm: found an unkn"),
    "bare number": (
        'depth = "1.5 mm"',
        "depth = 1.5",
        "protocol.session[0].depth: found 1.5 (a number without a unit), allowed more than zero, such as",
    ),
    "text without unit": ('"1.5 mm"', '"1.5"', 'protocol.session[0].depth: found "1.5" (has no unit), allowed more t'),
    "wrong unit": (
        '"1.5 mm"',
        '"1.5 kg"',
        'protocol.session[0].depth: found "1.5 kg" (unit "kg" does not fit), allowed more than zero, such as "1.5 mm"',
    ),
    "unknown unit": (
        '"1.5 mm"',
        '"1.5 mmm"',
        'protocol.session[0].depth: found "1.5 mmm" (unit "mmm" is not known), allowed more than zero',
    ),
    "negative": ('"1.5 mm"', '"-1.5 mm"', 'protocol.session[0].depth: found "-1.5 mm", allowed more than zero, such'),
    "not finite": ('"120 d"', '"1e999 d"', 'horizon: found "1e999 d" (is not a finite number), allowed more than ze'),
    "nan": ('"120 d"', "nan", "horizon: found nan (a number without a unit), allowed more than zero, such as"),
    "session before zero": (
        'time = "0 d"',
        'time = "-1 d"',
        'protocol.session[0].time: found "-1 d", allowed a quantity of 0 d or more such as "0 d"',
    ),
    "film too thick": (
        '"50 um"',
        '"6 mm"',
        'protocol.topical[0].film: found "6 mm", allowed more than zero and at most 5 mm, such as "50 um"',
    ),
    "age": ('"34 y"', '"130 y"', 'person.age: found "130 y", allowed 0 y to 120 y'),
    "sex": ('"female"', '"woman"', 'person.sex: found "woman", allowed "female" or "male"'),
    "phototype": ("phototype = 3", "phototype = 7", "person.phototype: found 7, allowed a whole number from 1 to 6"),
    "roman phototype": ("= 3", '= "III"', 'person.phototype: found "III", allowed a whole number from 1 to 6'),
    "incomplete person": ('sex = "female"', "", "person.sex: found nothing, allowed a value here or in the person's"),
    "pregnant": ("phototype = 3", "phototype = 3\npregnant = 1", "person.pregnant: found 1, allowed true or false"),
    "unknown condition": (
        "phototype = 3",
        'phototype = 3\nconditions = ["acne scars", "keloyd"]',
        'person.conditions[1]: found "keloyd", allowed keloid history',
    ),
    "unknown medicine": (
        "phototype = 3",
        'phototype = 3\nmedicines = ["isotretinoine"]',
        'person.medicines[0]: found "isotretinoine", allowed isotretinoin',
    ),
    "list needed": (
        "phototype = 3",
        'phototype = 3\nconditions = "acne"',
        'person.conditions: found "acne", allowed a list',
    ),
    "members": ("members = 8", "members = 0", "members: found 0, allowed a whole number from 1 to 4096"),
    "too many members": ("members = 8", "members = 9999", "members: found 9999, allowed a whole number from 1 to 4096"),
    "seed": ("seed = 1", "seed = 1.5", "seed: found 1.5, allowed a whole number from 0 to 4294967295"),
    "setup": ("seed = 1", 'setup = "lab"', 'setup: found "lab", allowed "in vivo" or "in vitro"'),
    "unknown site": (
        '"cheek"',
        '"chek"',
        'site.card: found "chek", allowed cheek (nearest); all: cheek, forehead; or a path ending in .toml',
    ),
    "unknown device": (
        '"test_pen"',
        '"test_penn"',
        'protocol.session[0].device: found "test_penn", allowed test_pen, test_stamp, test_roller (nearest); all: ',
    ),
    "unknown active": ('"caffeine"', '"cafeine"', 'protocol.topical[0].active: found "cafeine", allowed caffeine'),
    "unknown vehicle": ('"hydrogel"', '"gel"', 'protocol.topical[0].vehicle: found "gel", allowed hydrogel (nearest)'),
    "unknown person": ('age = "34 y"', 'card = "agd"', 'person.card: found "agd", allowed aged (nearest); all: aged'),
    "wrong person card": (
        'age = "34 y"',
        'card = "wrong"',
        'person.card: found "wrong" (wrong.toml: age: found "700 y", allowed 0 y to 120 y), allowed a card that can be',
    ),
    "person card with a card": (
        'age = "34 y"',
        'card = "nested"',
        'person.card: found "nested" (nested.toml: card: found "aged"',
    ),
}

BAD_PLACE = {
    "no area": ('area = "60 cm2"', "", 'site.area: found nothing, allowed a skin area such as "60 cm2"'),
    "in vitro without a cell": (
        "seed = 1",
        'setup = "in vitro"',
        'in_vitro: found nothing, allowed a table [in_vitro], since setup = "in vitro"',
    ),
    "cell in vivo": (
        'kind = "sham"\n',
        'kind = "sham"\n' + IN_VITRO,
        'in_vitro: found a table, allowed this table only with setup = "in vitro"',
    ),
}


BAD_CELL = {
    "needles longer than the skin": (
        'thickness = "2 mm"',
        'thickness = "400 um"',
        'protocol.session[0].depth: found "1.5 mm", allowed 400 um at most, the thickness of the skin in the cell',
    ),
    "two areas": (
        'card = "cheek"',
        'card = "cheek"\narea = "2 cm2"',
        'site.area: found "2 cm2", allowed only in_vitro.area when setup = "in vitro"',
    ),
    "no receptor volume": (
        "[in_vitro]",
        '[in_vitro]\nreceptor = "finite"',
        'in_vitro.receptor_volume: found nothing, allowed a volume such as "5 ml", since receptor = "finite"',
    ),
    "receptor volume of a sink": (
        "[in_vitro]",
        '[in_vitro]\nreceptor_volume = "5 ml"',
        'in_vitro.receptor_volume: found "5 ml", allowed a volume only with receptor = "finite"',
    ),
    "temperature": ('"32 degC"', '"-5 degC"', 'in_vitro.temperature: found "-5 degC", allowed 0 degC to 100 degC'),
    "layer": ('"dermatomed"', '"thin"', 'in_vitro.layer: found "thin", allowed "full", "dermatomed" or "epidermis"'),
}
