"""Slips in sessions, topicals, care and comparators, written as in bad_keys.py."""

from bad_keys import GOOD

PEN = 'device = "test_pen"\ndepth = "1.5 mm"\ndwell = "3 min"'
TOPICAL = GOOD[GOOD.index("[[protocol.topical]]") : GOOD.index("[[protocol.care]]")]
SESSION = GOOD[GOOD.index("[[protocol.session]]") : GOOD.index("[[protocol.topical]]")]

BAD_PROTOCOL = {
    "too deep": ('"1.5 mm"', '"3 mm"', 'protocol.session[0].depth: found "3 mm", allowed 0.25 mm to 2.5 mm for test_p'),
    "too shallow": ('"1.5 mm"', '"0.1 mm"', 'protocol.session[0].depth: found "0.1 mm", allowed 0.25 mm to 2.5 mm'),
    "roller of one length": (
        PEN,
        'device = "test_roller"\ndepth = "1 mm"\npasses = 4',
        'protocol.session[0].depth: found "1 mm", allowed 0.5 mm for test_roller',
    ),
    "pen without dwell": (
        'dwell = "3 min"',
        "",
        'protocol.session[0].dwell: found nothing, allowed a time on the area such as "3 min", since test_pen is a pen',
    ),
    "pen with passes": (
        'dwell = "3 min"',
        'dwell = "3 min"\npasses = 4',
        "protocol.session[0].passes: found 4, allowed 0, since",
    ),
    "roller without passes": (
        PEN,
        'device = "test_roller"\ndepth = "0.5 mm"',
        "protocol.session[0].passes: found nothing, allowed a whole number from 1, since test_roller is a roller",
    ),
    "stamp with dwell": (
        PEN,
        'device = "test_stamp"\ndepth = "0.5 mm"\npasses = 2\ndwell = "3 min"',
        'protocol.session[0].dwell: found "3 min", allowed no dwell, since test_stamp is a stamp and takes passes',
    ),
    "stamp with frequency": (
        PEN,
        'device = "test_stamp"\ndepth = "0.5 mm"\npasses = 2\nfrequency = "3 Hz"',
        'protocol.session[0].frequency: found "3 Hz", allowed no frequency, since test_stamp is a stamp',
    ),
    "rpm": (
        'dwell = "3 min"',
        'dwell = "3 min"\nfrequency = "6000 rpm"',
        'protocol.session[0].frequency: found "6000 rpm" (unit "rpm" does not count strokes), allowed more than',
    ),
    "more holes than skin": (
        'dwell = "3 min"',
        'dwell = "200 h"',
        'protocol.session[0].dwell: found "200 h", allowed at most 7.51e+03 min on 60 cm2: more holes 124 um',
    ),
    "sessions out of order": (
        SESSION,
        SESSION.replace("0 d", "30 d") + SESSION,
        'protocol.session[1].time: found "0 d", allowed 30 d or later, since sessions stand in time order',
    ),
    "count without interval": (
        PEN,
        PEN + "\ncount = 3",
        'protocol.session[0].interval: found nothing, allowed a time such as "30 d", since count = 3',
    ),
    "interval without count": (
        PEN,
        PEN + '\ninterval = "30 d"',
        'protocol.session[0].interval: found "30 d", allowed an interval only with a count of 2 or more',
    ),
    "count": (PEN, PEN + "\ncount = 0", "protocol.session[0].count: found 0, allowed a whole number from 1 to 10000"),
    "horizon before the last session": (
        PEN,
        PEN + '\ncount = 6\ninterval = "30 d"',
        'horizon: found "120 d", allowed more than 150 d, the last session of protocol',
    ),
    "horizon before a topical": (
        'after_session = "0 min"',
        'time = "130 d"',
        'horizon: found "120 d", allowed more than 130 d, the last topical of protocol',
    ),
    "empty protocol": (
        SESSION + TOPICAL,
        "",
        "protocol: found no session, no topical, no deposit and no exfoliation, allowed at least one of them",
    ),
    "topical without time": (
        'after_session = "0 min"',
        "",
        "protocol.topical[0]: found neither after_session nor time, allowed one of the two",
    ),
    "topical with two times": (
        'after_session = "0 min"',
        'after_session = "0 min"\ntime = "1 d"',
        'protocol.topical[0].time: found "1 d" beside after_session, allowed one of the two',
    ),
    "topical after no session": (
        GOOD[GOOD.index("[[protocol.session]]") :],
        TOPICAL,
        'protocol.topical[0].after_session: found "0 min", allowed time, since there is no session here',
    ),
    "topical repeated twice over": (
        'after_session = "0 min"',
        'after_session = "0 min"\ncount = 3\ninterval = "1 d"',
        "protocol.topical[0].count: found 3, allowed count only with time; after_session repeats by itself",
    ),
    "covered after wiping": (
        'leave = "24 h"',
        'leave = "24 h"\nocclude = "2 d"',
        'protocol.topical[0].occlude: found "2 d", allowed 24 h at most, when it is wiped off (leave)',
    ),
    "active without concentration": (
        'concentration = "10 mg/ml"',
        "",
        'protocol.topical[0].concentration: found nothing, allowed a concentration such as "10 mg/ml"',
    ),
    "concentration without active": (
        'active = "caffeine"',
        "",
        'protocol.topical[0].concentration: found "10 mg/ml", allowed this key only beside active',
    ),
    "concentration in per cent": (
        '"10 mg/ml"',
        '"1 %"',
        'protocol.topical[0].concentration: found "1 %" (unit "%" does not fit',
    ),
    "two lists of actives": (
        'leave = "24 h"',
        'actives = [{ active = "caffeine", concentration = "1 mg/ml" }]',
        "protocol.topical[0].actives: found a list beside active, allowed one of the two",
    ),
    "active twice": (
        'active = "caffeine"\nconcentration = "10 mg/ml"',
        "actives = [" + '{ active = "caffeine", concentration = "1 mg/ml" }, ' * 2 + "]",
        'protocol.topical[0].actives[1].active: found "caffeine" a second time, allowed each active once',
    ),
    "unknown care": (
        '"sunscreen"',
        '"sunscren"',
        'protocol.care[0].what: found "sunscren", allowed sunscreen',
    ),
    "care that ends before it starts": (
        'end = "28 d"',
        'start = "28 d"\nend = "1 d"',
        'protocol.care[0].end: found "1 d", allowed a time after the start, 28 d',
    ),
    "arm kind": (
        'kind = "sham"',
        'kind = "placebo"',
        'arm[0].kind: found "placebo", allowed "sham", "untreated", "needling only", "topical only", "same" or "own"',
    ),
    "arm named twice": (
        'name = "sham"',
        'name = "needling"',
        'arm[0].name: found "needling" a second time, allowed a name no other arm has',
    ),
    "arm with tables": (
        'kind = "sham"',
        'kind = "sham"\n[[arm.care]]\nwhat = "sunscreen"\nend = "1 d"',
        'arm[0].care: found a table, allowed tables only with kind = "own", not "sham"',
    ),
    "empty own arm": (
        'kind = "sham"',
        'kind = "own"',
        "arm[0]: found no session, no topical, no deposit and no exfoliation, allowed at least one",
    ),
    "own arm is checked too": (
        'kind = "sham"',
        'kind = "own"\n[[arm.session]]\ndevice = "test_pen"\ndepth = "3 mm"\ndwell = "1 min"',
        'arm[0].session[0].depth: found "3 mm", allowed 0.25 mm to 2.5 mm for test_pen',
    ),
    "sham without a session": (
        SESSION + TOPICAL,
        TOPICAL.replace("after_session", "time"),
        'arm[0].kind: found "sham", allowed this kind only when the protocol has a session',
    ),
    "topical only without a topical": (
        TOPICAL + '[[protocol.care]]\nwhat = "sunscreen"\nend = "28 d"\n[[arm]]\nname = "sham"\nkind = "sham"',
        '[[arm]]\nname = "b"\nkind = "topical only"',
        'arm[0].kind: found "topical only", allowed this kind only when the protocol has a topical',
    ),
}
