"""Pieces of a long computation are kept whole, and only for what they were computed from."""

import numpy as np

from microneedling.fitting.journal import Journal

GIVEN = np.arange(4.0)


def counting(result):
    calls = []

    def call():
        calls.append(1)
        return result

    return calls, call


def test_a_piece_is_computed_once(tmp_path):
    calls, call = counting(GIVEN**2)
    journal = Journal(folder=tmp_path, version="a")
    first, again = journal.kept("x", GIVEN, call), journal.kept("x", GIVEN, call)
    assert len(calls) == 1 and np.array_equal(first, again)


def test_other_input_or_version_is_computed_again(tmp_path):
    calls, call = counting(GIVEN)
    Journal(folder=tmp_path, version="a").kept("x", GIVEN, call)
    Journal(folder=tmp_path, version="a").kept("x", GIVEN + 1e-15, call)
    Journal(folder=tmp_path, version="b").kept("x", GIVEN + 1e-15, call)
    assert len(calls) == 3


def test_a_broken_piece_is_replaced(tmp_path):
    calls, call = counting(GIVEN)
    journal = Journal(folder=tmp_path, version="a")
    journal.kept("x", GIVEN, call)
    (tmp_path / "x.npz").write_bytes(b"half a file")
    assert np.array_equal(journal.kept("x", GIVEN, call), GIVEN) and len(calls) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["x.npz"]
