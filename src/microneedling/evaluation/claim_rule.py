"""The rule from numbers to verdicts on claims, as it is printed and as it is applied."""

from __future__ import annotations

import textwrap

from microneedling.evaluation.resting import MUCH

VERDICTS = ("supported", "partly", "not supported", "contradicted", "cannot be computed")
SUPPORTED, PARTLY, NOT_SUPPORTED, CONTRADICTED, NOT_COMPUTED = VERDICTS
NEARLY_ALL, MOST, FEW = 0.9, 0.5, 0.1  # shares of simulated people
NOTHING = 1e-3  # of a noticeable change: below it a number is no more than rounding
ASSUMED = "assumed"
NO_PATH = "the same in everybody to the last digit: nothing in the model leads from one to the other"

TEXT = """\
A test reads, for every simulated person, one number of one arm: a scale at a time, its greatest or least value,
or how long it stays noticeably off its start. It is taken as it is, minus or over the same person's number in
another arm (or before the first treatment), or as the share of its change that another arm does not have
(people in whom it does not change are left out). 5, 50 and 95 % points are printed; "noticeable" is the
smallest change of the scale a person would notice, or an instrument would tell apart.

* increase, decrease: supported when the median lies at least one noticeable change on the claimed side and the
  whole interval is on that side of zero; contradicted when the same holds for the other side; otherwise not
  supported.

* none: supported when the whole interval is within one noticeable change of zero; contradicted when the median
  is at least one noticeable change from zero and the interval does not hold zero; otherwise not supported.

* at least, at most, between: supported when at least {nearly_all:.0f} % of simulated people meet the bound,
  partly when at least {most:.0f} % do, contradicted when at most {few:.0f} % do; otherwise not supported.

* refused, not refused, spoken to (screening; spoken to: refused, or a caution that the study's own person does
  not get): supported when it is so for everybody listed, contradicted when for nobody, else partly.

* counted (harm that studies counted in people, pooled over them): supported when the 95 % point of the rate is at most
  the bound, contradicted when its 5 % point is above it, otherwise not supported; no rate can be made where nobody
  counted among how many.

* cannot be computed: no law or scale stands for what is said, or the run holds no such number; or an increase
  or decrease is expected and the two are the same in everybody to the last digit: nothing in the model leads
  from one to the other, so that saying "no effect" would only repeat what was left out.

A claim is supported when all its tests are; partly when some are, or partly; contradicted when none is and at
least one is contradicted; cannot be computed when no test can be; otherwise not supported. A part of a claim
that has no law or scale counts as a test that cannot be computed. What a claim takes for granted (a premise)
has no vote, but where it is not met the claim is not supported.

"Rests on an assumed size" is added when this holds for a test that votes: at least {much:.0f} % of the spread
of its number goes with numbers of grade "assumed"; or its verdict becomes another when those numbers are drawn
anew; or a number that it names, because it does not vary, is assumed. Every study is run twice for this on the
same people, with only the assumed numbers drawn anew the second time: share = mean((r - r')^2)/(2 var r), where
r and r' are the ranks of a person's number in the two runs. The first run alone gives the verdict. Healing
numbers that were fitted together stay as they were, so the share is the least it can be. Such a verdict repeats
an assumption: no measurement stands behind its size.
"""
SHARES = {"nearly_all": 100 * NEARLY_ALL, "most": 100 * MOST, "few": 100 * FEW, "much": 100 * MUCH}
RULE = "\n".join(
    textwrap.fill(" ".join(part.split()), 80, subsequent_indent="  " * part.startswith("*"))
    for part in TEXT.format(**SHARES).split("\n\n")
)
