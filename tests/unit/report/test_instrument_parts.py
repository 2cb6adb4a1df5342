"""What an instrument shows in one person: counted over people, against what is worth it and what it tells apart."""

import dataclasses

import numpy as np
from faces import synthetic

from microneedling.core.document import Table
from microneedling.report import instrument_parts
from microneedling.report.answer import answer_of
from microneedling.report.instrument_parts import parts, share


def answer():
    """Four people whose lightness changes by 0, 1, 2 and −3, read by an instrument that tells 1.5."""
    whole = answer_of(synthetic.tree())
    one = whole.outcomes["lightness"]
    values = np.zeros((len(whole.arms), 4, len(one.time))) + 50.0
    values[0, :, -1] += [0.0, 1.0, 2.0, -3.0]
    read = dataclasses.replace(one, values=values, shows=1.5, noticeable=1.0)
    return dataclasses.replace(whole, outcomes={"lightness": read, "pain": whole.outcomes["pain"]})


def test_people_are_counted_whichever_way_it_changes():
    whole = answer()
    assert share(whole.outcomes["lightness"], whole.end) == 0.5


def test_only_what_an_instrument_reads_stands_in_the_table():
    table = next(one for one in parts(answer()) if isinstance(one, Table))
    assert len(table.rows) == 1 and len(table.rows[0]) == len(table.head)
    assert table.rows[0][-3:] == ("1", "1.5", "50 % of people")


def test_the_sentence_names_what_shows_in_half_of_the_people():
    said = parts(answer())[1].text
    assert "lightness" in said and instrument_parts.READ in said


def test_nothing_is_said_where_no_instrument_reads_or_skin_is_excised():
    whole = answer()
    blind = {name: dataclasses.replace(one, shows=float("nan")) for name, one in whole.outcomes.items()}
    assert parts(dataclasses.replace(whole, outcomes=blind)) == ()
    assert parts(dataclasses.replace(whole, in_vitro=True)) == ()
