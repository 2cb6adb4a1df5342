"""The cards that come with the package, by kind and name."""

from __future__ import annotations

from pathlib import Path

from microneedling.core.card import CardError, nearest

FOLDER = Path(__file__).parents[1] / "cards"
REFERENCES = FOLDER / "references.bib"
KINDS = (
    *("devices", "actives", "vehicles", "exfoliants", "sites", "people", "habits", "protocols"),
    *("clinic", "parameter_sets"),
)


def names(kind: str) -> tuple[str, ...]:
    """Names of all cards of one kind, in alphabetical order.

    Errors: CardError when there is no such kind.
    """
    if kind not in KINDS:
        raise CardError(f"{kind!r} is no kind of card; {nearest(kind, KINDS)}")
    return tuple(sorted(path.stem for path in (FOLDER / kind).glob("*.toml")))


def path_of(kind: str, name: str) -> Path:
    """The file of a card; a path that ends in .toml stands for a user's own card.

    Errors: CardError naming the nearest cards when there is no such card.
    """
    if name.endswith(".toml"):
        own = Path(name)
        if not own.is_file():
            raise CardError(f"{name}: this card does not exist")
        return own
    known = names(kind)
    if name not in known:
        raise CardError(f"{name!r} is not among the {kind}; {nearest(name, known)}; or give a path ending in .toml")
    return FOLDER / kind / f"{name}.toml"
