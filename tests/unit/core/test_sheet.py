"""Rows as CSV."""

import csv
import io
import math

import numpy as np
import pytest

from microneedling.core.sheet import csv_text


def test_numbers_have_six_digits_and_what_does_not_apply_is_empty():
    text = csv_text([{"a": 1 / 3, "b": "x, y", "c": None}, {"a": math.nan, "d": 2}, {"a": np.float64(math.inf)}])
    assert text == 'a,b,c,d\n0.333333,"x, y",,\n,,,2\ninf,,,\n'


def test_columns_can_be_named_where_there_are_no_rows():
    assert csv_text([], columns=("number", "share")) == "number,share\n"


def test_a_key_that_is_no_column_is_refused():
    with pytest.raises(ValueError, match="b"):
        csv_text([{"a": 1, "b": 2}], columns=("a",))


def test_text_survives_being_read_again():
    rows = [{"name": 'a "b"\nc', "value": "é"}]
    assert list(csv.DictReader(io.StringIO(csv_text(rows)))) == rows
