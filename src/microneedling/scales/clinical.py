"""What a clinic would score: grades and scores that raters give, as a map of its own from tissue to scale.

The map is calibrated on trials (evaluation/clinical_refit.py), apart from the laws: no number of the tissue is moved by
it. A scale reads a stored series of a tissue scale and its change from the first reading; nothing else.
"""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar

from microneedling.core.param import param
from microneedling.core.struct import struct

ROWS = "evaluation/clinical_rows.csv"


@dataclasses.dataclass(frozen=True)
class Clinical:
    """What a clinical scale is called, its ends, and the tissue it follows.

    `grades`: a rater gives whole grades. `tissue`: names of tissue scales; `slope`: the number of ClinicalMap that
    turns their change into the scale's. `reads`: "log" -ln(x/x₀), "rise" ln(x/x₀), "share" 1 - x/x₀.
    """

    name: str
    title: str
    low: float
    high: float
    grades: bool
    tissue: tuple[str, ...]
    slope: str
    reads: str


@struct
class ClinicalMap:
    """From tissue to what raters see, in standard deviations between people.

        d = (b x + A) v   in an open series,     d = b x v   in a controlled, blinded study

    x is the change of the tissue (see the scales), b its slope, A what an open series adds whatever is done: hope,
    regression to the mean, raters who know. v is how much more or less one study finds than the next; one draw of it is
    one new study. Nothing tells A from b for lines, laxity, texture and pigment but A of scars, so those four lean on it.

    Checked by: tests/unit/scales/test_clinical.py, tests/published/test_clinical_map.py
    """

    # fmt: off
    scar: float = param(default=16.7, unit="1", source=("alam2014", "dogra2014", "dalwig2020"), where="three rollings against the untreated side; five and four sessions, open", spread="2.2 .. 46", grade="fitted", note="one controlled trial of 15, whose needle length is not in its abstract", meaning="b of acne scars, per matrix gained over room")
    line: float = param(default=5.76, unit="1", source="ablon2018", where="four sessions, Lemperle", spread="0.9 .. 14.3", grade="fitted", note="one open series: told from A only by what A is for scars", meaning="b of lines, per matrix gained over room")
    laxity: float = param(default=280.0, unit="1", source="ablon2018", where="four sessions, laxity", spread="59 .. 613", grade="fitted", note="one open series, as lines; elasticity of the tissue moves by 2 % only there", meaning="b of laxity, per ln of elasticity")
    texture: float = param(default=4.03, unit="1", source="ablon2018", where="four sessions, texture", spread="1.3 .. 7.9", grade="fitted", note="one open series, as lines", meaning="b of texture, per ln of roughness")
    pigment: float = param(default=1.74, unit="1", source="feng2024", where="12 weeks", spread="0.17 .. 5.1", grade="fitted", note="pooled changes from baseline taken as open; forms of MASI mixed", meaning="b of melasma, per share of the lesion's contrast")
    open_shift: float = param(default=1.41, unit="1", source=("alam2014", "dogra2014", "dalwig2020", "ablon2018", "feng2024"), where="one controlled trial beside open series", spread="0.38 .. 2.9", grade="fitted", note="told from the slopes by scars alone; draws of A and of the slopes are taken as independent, which widens open series", meaning="A, what an open series adds")
    study: float = param(default=1.0, unit="1", source="ahmed2025", where="I2 88 % over 12 controlled trials, pooled 1.32 (0.73 to 1.92)", spread="0.33 .. 3", grade="inferred", note="τ² = I² k SE²; scatter of trials of hair taken for every scale", meaning="v, one study over the mean of studies")
    asked: float = param(default=0.67, unit="1", source="dogra2014", where="good or excellent by 26 of 30 people", spread="0.1 .. 1.3", grade="fitted", note="Φ(d - c) = 26/30 at this series' d = 1.78; one series of 30", meaning="c, change a person asks for before calling it good")
    # fmt: on


GRADED = {"unit": "1", "grade": "assumed", "note": "the grade most trials start from; a study can state the person's"}
FINE = {
    "unit": "1",
    "source": "fine_lines2016",
    "where": "pairs that differ clinically are 1.06 grades apart (0.92 to 1.21), others 0.50 (0.38 to 0.61)",
    "spread": "0.5 .. 1.06",
    "grade": "inferred",
    "meaning": "smallest change called one",
}


@struct
class Lemperle:
    """Lines by Lemperle's photographs, 0 none to 5 very deep."""

    CARD: ClassVar[Clinical] = Clinical("lemperle", "Lines, Lemperle grade", 0, 5, True, ("line_depth",), "line", "log")

    # fmt: off
    start: float = param(default=3.0, spread="2 .. 4", **GRADED, meaning="grade before")
    people: float = param(default=0.5, unit="1", source="ablon2018", where="99 % CI 1.11 to 1.34, n 48", spread="0.3 .. 0.9", grade="inferred", note="0.30 between means of nine areas; of one area up to three times that", meaning="S, standard deviation of the change between people")
    observer: float = param(default=0.08, unit="1", source="lemperle2001", where="the same grade for 92.7 % of wrinkles live, 89.4 % on photographs", spread="0.05 .. 0.3", grade="inferred", note="P(same) = 1 - 2σ/√π of two ratings rounded to grades; wide above, since who was compared is not in the abstract", meaning="σ, one rater on the same line")
    noticeable: float = param(default=0.75, **FINE, note="half-way; another scale of fine lines")
    # fmt: on


@struct
class Laxity:
    """Laxity of the face, Alexiades-Armenakas, 0 none to 4 severe."""

    CARD: ClassVar[Clinical] = Clinical(
        "laxity", "Laxity, Alexiades-Armenakas grade", 0, 4, True, ("elasticity",), "laxity", "rise"
    )

    # fmt: off
    start: float = param(default=2.5, spread="1.5 .. 3.5", **GRADED, meaning="grade before")
    people: float = param(default=0.44, unit="1", source="ablon2018", where="99 % CI 0.93 to 1.26, n 48", spread="0.3 .. 0.7", grade="inferred", note="half-width √n over the quantile of t with 47 degrees", meaning="S, standard deviation of the change between people")
    observer: float = param(default=0.3, unit="1", spread="0.15 .. 0.6", grade="assumed", note="no repeatability of this scale at hand; weighted kappa of a like scale 0.76 (fine_lines2016)", meaning="σ, one rater on the same face")
    noticeable: float = param(default=0.75, **FINE, note="half-way; of a scale of fine lines")
    # fmt: on


@struct
class Texture:
    """Texture of the face, Alexiades-Armenakas, 0 smooth to 4 rough all over."""

    CARD: ClassVar[Clinical] = Clinical(
        "texture", "Texture, Alexiades-Armenakas grade", 0, 4, True, ("roughness",), "texture", "log"
    )

    # fmt: off
    start: float = param(default=2.5, spread="1.5 .. 3.5", **GRADED, meaning="grade before")
    people: float = param(default=0.54, unit="1", source="ablon2018", where="99 % CI 1.33 to 1.75, n 48", spread="0.4 .. 0.8", grade="inferred", note="half-width √n over the quantile of t with 47 degrees", meaning="S, standard deviation of the change between people")
    observer: float = param(default=0.3, unit="1", spread="0.15 .. 0.6", grade="assumed", note="no repeatability of this scale at hand", meaning="σ, one rater on the same face")
    noticeable: float = param(default=0.75, **FINE, note="half-way; of a scale of fine lines")
    # fmt: on


@struct
class GoodmanBaron:
    """Acne scars, Goodman and Baron's qualitative grade, 1 flat marks to 4 severe."""

    CARD: ClassVar[Clinical] = Clinical(
        "goodman_baron", "Acne scars, Goodman-Baron grade", 1, 4, True, ("acne_scar_volume",), "scar", "log"
    )

    # fmt: off
    start: float = param(default=3.0, spread="2 .. 4", **GRADED, meaning="grade before")
    people: float = param(default=0.5, unit="1", spread="0.3 .. 0.8", grade="assumed", note="as laxity and texture, graded alike by the same clinic (0.44, 0.54); the scar series does not print n", meaning="S, standard deviation of the change between people")
    observer: float = param(default=0.3, unit="1", spread="0.15 .. 0.6", grade="assumed", note="no repeatability of the grade at hand", meaning="σ, one rater on the same face")
    noticeable: float = param(default=0.75, **FINE, note="half-way; of a scale of fine lines")
    # fmt: on


@struct
class GoodmanQuantitative:
    """Acne scars, Goodman and Baron's quantitative score, 0 none to 84."""

    CARD: ClassVar[Clinical] = Clinical(
        "goodman_score", "Acne scars, Goodman-Baron score", 0, 84, False, ("acne_scar_volume",), "scar", "log"
    )

    # fmt: off
    start: float = param(default=15.0, unit="1", spread="8 .. 30", grade="assumed", note="the trial's scores before are not in its abstract", meaning="score before")
    people: float = param(default=5.7, unit="1", source="alam2014", where="95 % CI 0.2 to 6.5, n 15", spread="4 .. 8", grade="inferred", note="half-width √n over the quantile of t with 14 degrees", meaning="S, standard deviation of the change between people")
    observer: float = param(default=1.2, unit="1", source="goodman2006", where="four raters within four points in 19 of 21", spread="0.8 .. 2", grade="inferred", note="range of four normal ratings (studentized range) within four points in 90.5 %", meaning="σ, one rater on the same photograph")
    noticeable: float = param(default=4.0, unit="1", source="goodman2006", where="inter-rater agreement within four score points in 19 of 21", spread="3 .. 5", grade="inferred", note="what raters differ by is taken as no change", meaning="smallest change called one")
    # fmt: on


@struct
class Ecca:
    """Acne scars by type, ECCA: Σ weight times grade of how many (0 to 3), 0 to 540 with forms not followed here.

        E = Σ_t w_t max(0, g_t - S d_t),   over the types a person has

    The types of the score are V (ice-pick), U (boxcar) and M (rolling).
    """

    CARD: ClassVar[Clinical] = Clinical(
        "ecca",
        "Acne scars by type, ECCA",
        0,
        540,
        False,
        ("rolling_scar_volume", "boxcar_scar_volume", "icepick_scar_volume"),
        "scar",
        "log",
    )

    # fmt: off
    rolling: float = param(default=25.0, unit="1", source="dreno2007", where="six items weighted by type", spread="15 .. 35", grade="assumed", note="the abstract names six weighted items and not the weights: these are as the score is commonly reprinted, not read in the source", meaning="weight of rolling scars (M)")
    boxcar: float = param(default=20.0, unit="1", source="dreno2007", where="six items weighted by type", spread="12 .. 30", grade="assumed", note="as for rolling scars: not read in the source", meaning="weight of boxcar scars (U)")
    icepick: float = param(default=15.0, unit="1", source="dreno2007", where="six items weighted by type", spread="8 .. 25", grade="assumed", note="as for rolling scars: not read in the source", meaning="weight of ice-pick scars (V)")
    start: float = param(default=2.0, unit="1", spread="1 .. 3", grade="assumed", note="a limited number of each type the person has", meaning="g, grade of how many of each type")
    people: float = param(default=0.5, unit="1", spread="0.3 .. 0.8", grade="assumed", note="as the Goodman-Baron grade; no calibration row of this score", meaning="S, standard deviation of the change of a type between people")
    observer: float = param(default=12.0, unit="1", source="dreno2007", where="7 dermatologists, 10 patients: reliability confirmed, no size in the abstract", spread="6 .. 20", grade="assumed", note="half a grade of a middle weight", meaning="σ, one rater on the same face")
    noticeable: float = param(default=20.0, unit="1", spread="15 .. 25", grade="assumed", note="one grade of one type", meaning="smallest change called one")
    # fmt: on


@struct
class Masi:
    """Melasma area and severity, MASI, 0 none to 48; modified and half-face forms are pooled in what calibrates it."""

    CARD: ClassVar[Clinical] = Clinical(
        "masi", "Melasma, MASI", 0, 48, False, ("pigment_contrast",), "pigment", "share"
    )

    # fmt: off
    start: float = param(default=8.0, unit="1", spread="4 .. 16", grade="assumed", note="the pooled trials' scores before are not in the abstract, which mixes forms of the score", meaning="score before")
    people: float = param(default=2.0, unit="1", spread="1 .. 4", grade="assumed", note="a quarter of the score before; the pooled trials print no standard deviation of the change", meaning="S, standard deviation of the change between people")
    observer: float = param(default=1.2, unit="1", source="majid2016", where="intraclass correlation of MASI between raters 0.816", spread="0.6 .. 2.5", grade="inferred", note="σ = √(1 - 0.816) of a standard deviation between patients assumed to be 2.8", meaning="σ, one rater on the same face")
    noticeable: float = param(default=2.0, unit="1", spread="1 .. 4", grade="assumed", note="a quarter of the score before; no smallest important change at hand", meaning="smallest change called one")
    # fmt: on


SCALES: tuple[Any, ...] = (Lemperle, Laxity, Texture, GoodmanBaron, GoodmanQuantitative, Ecca, Masi)
RECORDS: tuple[Any, ...] = (ClinicalMap, *SCALES)
