"""Write docs/teaching_model.md and its picture: the small model beside the large one."""

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from course import DAY, Courses  # noqa: E402
from tissue import pen  # noqa: E402

from microneedling.laws.teaching import TeachingModel, course  # noqa: E402
from microneedling.protocol.plan import Timed  # noqa: E402
from microneedling.report.axes import Axis, calendar_axis, value_axis  # noqa: E402

COURSES = ((1, 30), (2, 30), (4, 30), (8, 30), (4, 7), (4, 84))  # sessions, and days between them
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 330, 250, 46, 34, 200
LARGE, SMALL = "#0072b2", "#d55e00"
HEAD = """\
# A small model for teaching

Written by `docs/make_teaching_page.py`; do not edit.

`laws/teaching.py` is the whole of healing in five lines, solved by a plain loop: debris calls inflammation,
inflammation wakes fibroblasts, they lay down new collagen, and a part of it matures before the rest is cut. It is for
teaching and for checking signs; nothing is ever predicted with it.

    D' = -k_D D                        a session adds 1 to D
    I' = d_I (D - I)
    F' = d_F (I/(K + I) - F)
    N' = r F max(0, 1 - (N + M)/V) - (m + k) N
    M' = k N - ln 2/t½ M

```python
from microneedling.laws.teaching import TeachingModel, course

DAY = 86400.0
found = course(TeachingModel(), [0.0, 30 * DAY, 60 * DAY, 90 * DAY], end=455 * DAY)
found["time"], found["new"], found["mature"]
```

![Inflammation, new collagen and the mass of all collagen over 15 months, four monthly sessions, in both models: \
both peak in the same order and leave a part of the mass](teaching_model.svg)

Four monthly sessions; blue the central person of the large model, orange and dashed the small one. Inflammation and new
collagen are drawn over their own highest point, mass in per cent over rest.

**Where both agree** (held by `tests/unit/laws/test_teaching.py`): inflammation peaks in the first days; new collagen
weeks later; more sessions do more, with smaller steps; a year on, what was new is gone and a part of the mass is left;
longer intervals leave less that is new at the same time after the last session.

**Where they part**, and why:

* Sessions close together. In the large model awake fibroblasts wake faster, so weekly sessions make more than the sum;
  in the small one drive only saturates, and any interval leaves about the same mass.
* Below rest. In the large model a fuller dermis also slows what it makes at rest, so a year after many sessions the
  pool of new collagen stands below rest; the small one counts only the excess.
* All that the small one leaves out: depth, density, people, redness, channels, elastic fibre.

Mass of all collagen over rest [%], 8 weeks and a year after the last session:

| sessions | interval [d] | large, 8 weeks | small, 8 weeks | large, a year | small, a year |
|---|---|---|---|---|---|
"""


def main() -> None:
    """Run both models on all courses; write the table and the picture of four monthly sessions."""
    runs, lines = Courses(), []
    for count, days in COURSES:
        ours, theirs = small(count, days), large(runs, count, days)
        last = (count - 1) * days * DAY
        cells = [
            f"{np.interp(last + d * DAY, one['time'], one['mass']):.2f}" for d in (56, 365) for one in (theirs, ours)
        ]
        lines.append(f"| {count} | {days} | {' | '.join(cells)} |")
    (HERE / "teaching_model.md").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    (HERE / "teaching_model.svg").write_text(picture(large(runs, 4, 30), small(4, 30)), encoding="utf-8")


def small(count: int, days: int) -> dict[str, np.ndarray]:
    """The small model."""
    end = ((count - 1) * days + 365) * DAY
    found = course(TeachingModel(), [n * days * DAY for n in range(count)], end=end)
    mass = 100 * (found["new"] + found["mature"])
    return {"time": found["time"], "inflammation": found["inflammation"], "new": found["new"], "mass": mass}


def large(runs: Courses, count: int, days: int) -> dict[str, np.ndarray]:
    """The large model: macrophages, pool and mass over rest."""
    plan = [Timed(n * days * DAY, pen()) for n in range(count)]
    times, found = runs.of(plan, end=((count - 1) * days + 365) * DAY)
    read = {name: runs.reading(found, name)[: len(times)] for name in ("macrophages", "collagen_new", "collagen_mass")}
    m, new, mass = (one - one[0] for one in read.values())
    return {"time": times, "inflammation": m, "new": new, "mass": 100 * mass}


def picture(theirs: dict[str, np.ndarray], ours: dict[str, np.ndarray]) -> str:
    """Three panels side by side."""
    titles = {"inflammation": "Inflammation, over its peak", "new": "New collagen, over its peak",
              "mass": "Mass of all collagen, % over rest"}  # fmt: skip
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {3 * WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="12" role="img" aria-label="Small and large model of healing over four monthly sessions">'
        f'<rect width="100%" height="100%" fill="#ffffff"/>'
    ]
    for n, (name, title) in enumerate(titles.items()):
        pair = [(one["time"], one[name] if name == "mass" else one[name] / one[name].max()) for one in (theirs, ours)]
        parts.append(f'<g transform="translate({n * WIDTH} 0)">{panel(title, pair)}</g>')
    return "".join([*parts, "</svg>\n"])


def panel(title: str, pair: list[tuple[np.ndarray, np.ndarray]]) -> str:
    """One panel: the large model drawn through, the small one dashed."""
    lines = [values for _, values in pair]
    y = value_axis(min(float(v.min()) for v in lines), max(float(v.max()) for v in lines), start=BOTTOM, stop=TOP)
    x = calendar_axis(0.0, max(float(t[-1]) for t, _ in pair), start=LEFT, stop=WIDTH - 12, after="the first session")
    curves = zip(pair, ((LARGE, ""), (SMALL, ' stroke-dasharray="7 3"')), strict=True)
    drawn = "".join(
        f'<path d="{_path(x, y, times, values)}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
        for (times, values), (colour, dash) in curves
    )
    return f'<text x="{LEFT}" y="18" font-weight="bold">{title}</text>{_frame(x, y)}{drawn}'


def _frame(x: Axis, y: Axis) -> str:
    right, middle = WIDTH - 12, (LEFT + WIDTH - 12) / 2
    rows = "".join(
        f'<path d="M{LEFT} {float(y.at(v)):.1f}H{right}" stroke="#d6d6d6" stroke-width=".6"/>'
        f'<text x="{LEFT - 6}" y="{float(y.at(v)) + 4:.1f}" text-anchor="end" fill="#565656">{text}</text>'
        for v, text in y.ticks
    )
    columns = "".join(
        f'<text x="{float(x.at(v)):.1f}" y="{BOTTOM + 17}" text-anchor="middle" fill="#565656">{text}</text>'
        for v, text in x.ticks
    )
    foot = f'<text x="{middle}" y="{BOTTOM + 38}" text-anchor="middle" fill="#565656">{x.title}</text>'
    return f'{rows}{columns}{foot}<path d="M{LEFT} {TOP}V{BOTTOM}H{right}" stroke="#565656" fill="none"/>'


def _path(x: Axis, y: Axis, times: np.ndarray, values: np.ndarray) -> str:
    after = times >= 0
    every = max(1, int(np.sum(after)) // 500)  # the loop keeps every two hours: more than a drawing shows
    across, down = x.at(times[after][::every]), y.at(values[after][::every])
    return "M" + " ".join(f"{a:.1f} {b:.1f}" for a, b in zip(across, down, strict=True))


if __name__ == "__main__":
    main()
