"""Which fields are solved together, and in which order."""

import pytest

from microneedling.numerics.structure import groups

DEEP = (True, True, True, False, False)


def names(found):
    return [set(group.fields) for group in found]


def test_fields_that_feel_each_other_stand_in_one_group():
    keys = [(0, 1, "0"), (1, 0, "0"), (2, 1, "0"), (3, 2, "sum"), (4, 3, "self")]
    assert names(groups(keys, DEEP)) == [{0, 1}, {2}, {3}, {4}]


def test_each_group_feels_only_itself_and_earlier_ones():
    keys = [(0, 4, "all"), (4, 3, "self"), (3, 2, "sum"), (2, 1, "0"), (1, 2, "0"), (0, 0, "+1")]
    seen: set[int] = set()
    for group in groups(keys, DEEP):
        seen |= set(group.fields)
        assert {c for r, c, _ in keys if r in group.fields} <= seen
    assert seen == set(range(5))


def test_fields_that_reach_neighbours_are_kept_for_the_depth_solve():
    keys = [(0, 0, "-1"), (0, 0, "+1"), (0, 1, "0"), (1, 0, "0"), (1, 2, "0"), (2, 1, "0")]
    (group, *_) = [g for g in groups(keys, DEEP) if 0 in g.fields]
    assert group.spread == (0,) and set(group.local) == {1, 2} and group.depth


@pytest.mark.parametrize(
    ("kinds", "end"), [(("at_top", "top"), 0), (("at_bottom", "bottom"), -1)], ids=["film", "receptor"]
)
def test_a_surface_field_lives_in_the_end_cell_it_touches(kinds, end):
    keys = [(0, 3, kinds[0]), (3, 0, kinds[1]), (0, 0, "+1"), (0, 0, "-1")]
    group = next(g for g in groups(keys, DEEP) if 3 in g.fields)
    assert group.ends == ((3, end),)


def test_a_surface_field_that_feels_all_depths_both_ways_is_refused():
    with pytest.raises(ValueError, match="other than at one end"):
        groups([(0, 3, "all"), (3, 0, "sum")], DEEP)


def test_fields_without_any_coupling_are_solved_too():
    assert sorted(i for group in groups([], DEEP) for i in group.fields) == list(range(5))
