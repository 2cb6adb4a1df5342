"""What the plain model needs of the product (numbers, grid, a state), and how the two are compared."""

import dataclasses

import jax
import numpy as np
from plain import plain_jumps, plain_model
from scipy.integrate import solve_ivp
from scipy.optimize._numdiff import group_columns
from scipy.sparse import csc_matrix, lil_matrix
from tissue import busy, paths

SITE = ("germinative_time", "viable_transit", "sc_transit", "closing_half_life", "closing_cover", "transit_slowing")
RATES = 1e-10  # [1] of the largest rate of each field: rounding only


def numbers(model):
    """Numbers by law and symbol; shared records under their own name."""
    found = {}
    for law in model.laws:
        found[type(law).__name__] = {f.name: getattr(law, f.name) for f in dataclasses.fields(law)}
        for part in found[type(law).__name__].values():
            if dataclasses.is_dataclass(part):
                found[type(part).__name__] = {f.name: getattr(part, f.name) for f in dataclasses.fields(part)}
    return found


def grid(skin):
    """What does not evolve, as NumPy arrays by name."""
    own = ("step", "depth", "corneum", "epidermis", "papillary", "age", "phototype", "alive", "receptor_volume")
    found = {name: np.asarray(getattr(skin, name)) for name in own}
    found |= {name: float(getattr(skin.site, name)) for name in SITE}
    found["modifier"] = {f.name: float(getattr(skin.modifiers, f.name)) for f in dataclasses.fields(skin.modifiers)}
    for name in ("complexion", "baseline"):
        record = getattr(skin, name)
        found[name] = {f.name: float(getattr(record, f.name)) for f in dataclasses.fields(record)}
    found |= {"papillary": np.asarray(skin.papillary)}
    return found | {"dermis": np.asarray(skin.papillary + skin.reticular)}


def solutes(model):
    """Transport numbers of each active."""
    (law,) = [law for law in model.laws if hasattr(law, "actives")]
    return [{f.name: np.asarray(getattr(q, f.name)) for f in dataclasses.fields(q)} for q in law.actives]


def fields(state):
    """A state as a dictionary of arrays by path."""
    return {path: np.asarray(x, dtype=float) for path, x in zip(paths(state), jax.tree.leaves(state))}


def event_fields(event):
    """An event as a dictionary of arrays by name."""
    return {f.name: jax.tree.map(np.asarray, getattr(event, f.name)) for f in dataclasses.fields(event)}


def rates_agree(model, skin, state):
    """Both models move every field alike."""
    ours = fields(model.rate(state, skin))
    plain = plain_model.rate(fields(state), grid(skin), numbers(model), solutes(model))
    _same(ours, plain)


def jumps_agree(model, skin, state, event):
    """Both models let an event do the same."""
    ours = fields(model.jump(state, event, skin))
    plain = plain_jumps.jump(fields(state), event_fields(event), grid(skin), numbers(model))
    _same(ours, plain)


def _same(ours, plain):
    assert set(ours) == set(plain)
    for path, x in ours.items():
        size = max(float(np.max(np.abs(x))), float(np.max(np.abs(plain[path]))))
        worst = float(np.max(np.abs(x - plain[path])))
        assert worst <= RATES * size, f"{path}: differ by {worst / size:.1e} of the largest"


def course(model, skin, events, times):
    """The plain model's fields at times, by another program's stiff solver.

    Args:
        events: [(time, event)], in order
        times: [s], in order, after the first event

    Returns: {path: (time, ...)}
    """
    p, here, moved = numbers(model), grid(skin), solutes(model)
    state = fields(model.start(skin))
    shapes = {path: np.shape(x) for path, x in state.items()}

    def rate(t, y):
        return _long(plain_model.rate(_short(y, shapes), here, p, moved))

    found = {path: [] for path in state}
    scale = _negligible(model, skin)
    slopes = _slopes(rate, _pattern(rate, _long(fields(busy(model, skin)))), scale)
    ends = [time for time, _ in events[1:]] + [times[-1]]
    for (begin, event), end in zip(events, ends):
        state = plain_jumps.jump(state, event_fields(event), here, p)
        wanted = [t for t in times if begin < t <= end]
        how = {"rtol": 1e-7, "atol": 1e-3 * scale, "jac": slopes, "t_eval": sorted({*wanted, end})}
        solved = solve_ivp(rate, (begin, end), _long(state), "BDF", **how)
        assert solved.success
        for t, y in zip(solved.t, solved.y.T):
            state = _short(y, shapes)
            if t in wanted:
                for path in found:
                    found[path].append(state[path])
    return {path: np.array(x) for path, x in found.items()}


def _negligible(model, skin):
    from microneedling.simulate.simulate import field_meanings

    rest = model.start(skin)
    meanings = field_meanings(rest)
    return np.concatenate([np.full(np.size(x), m.negligible) for (_, m), x in zip(meanings, jax.tree.leaves(rest))])


def _long(state):
    return np.concatenate([np.ravel(x) for x in state.values()])


def _short(y, shapes):
    state, at = {}, 0
    for path, shape in shapes.items():
        size = int(np.prod(shape))
        state[path] = y[at : at + size].reshape(shape)
        at += size
    return state


def _slopes(rate, pattern, scale):
    """The derivative by differences of steady size: SciPy's own grow without end for numbers nothing feels."""
    group, rows, columns = group_columns(pattern), *pattern.nonzero()

    def slopes(t, y):
        still, size = rate(t, y), 1e-6 * np.maximum(np.abs(y), scale)
        moved = np.stack([rate(t, y + size * (group == g)) - still for g in range(group.max() + 1)])
        return csc_matrix((moved[group[columns], rows] / size[columns], (rows, columns)), shape=pattern.shape)

    return slopes


def _pattern(rate, y):
    """Which numbers feel which, by moving each a little at busy states that take different branches."""
    found, draw = lil_matrix((y.size, y.size), dtype=bool), np.random.default_rng(0)
    for here in (y, *(y * draw.uniform(0.3, 3.0, y.size) for _ in range(3))):
        still = rate(0.0, here)
        for i in range(y.size):
            moved = here.copy()
            moved[i] *= 1 + 1e-4
            found[np.flatnonzero(rate(0.0, moved) != still), i] = True
    return found.tocsc()
