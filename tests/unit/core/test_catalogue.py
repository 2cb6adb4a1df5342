"""Cards are found by kind and name."""

import pytest

from microneedling.core.card import CardError
from microneedling.core.catalogue import KINDS, names, path_of


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_cards_in_order(kind):
    found = names(kind)
    assert found and list(found) == sorted(found)
    assert all(path_of(kind, name).is_file() for name in found)


def test_an_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(CardError, match=r"'skinpen' is not among the devices; nearest: skinpen_precision"):
        path_of("devices", "skinpen")


def test_an_unknown_kind_is_refused():
    with pytest.raises(CardError, match=r"'device' is no kind of card; nearest: devices"):
        names("device")


def test_a_path_stands_for_a_card_of_ones_own(tmp_path):
    own = tmp_path / "mine.toml"
    own.write_text('title = "Mine"\n', encoding="utf-8")
    assert path_of("devices", str(own)) == own
    with pytest.raises(CardError, match="does not exist"):
        path_of("devices", str(tmp_path / "other.toml"))
