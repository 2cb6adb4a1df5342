"""Headings and standing sentences of a report, each written once for page and paper."""

BANNER = (
    "Research software. No medical advice.",
    "It computes what published physics and biology say about a plan, with how unsure they are: for learning, for "
    "planning studies, for testing claims. It is no medical device, has not been tested in patients, and decides "
    "nobody’s treatment.",
)
SECTIONS = {
    "words": "In plain words",
    "skin": "Skin and punctures to scale",
    "acute": "Hours and days",
    "long": "Weeks and months",
    "laboratory": "What a laboratory would read",
    "arms": "Arms side by side",
    "rests": "What the answer rests on",
    "findings": "Screening",
    "sources": "Sources",
    "computed": "How it was computed",
}
BESIDE = "Beside the other arms"
REGULATORY = "Regulatory notice."
REFUSED = "Refused by screening and run all the same."
FIRST_SESSION = "The first session in the central person"
OVER_TIME = "The same skin over time"
COLOUR = "Colour before and after"
FELT, CELL = "What is felt and seen", "The skin in the cell"
AMOUNTS = "Actives: where they are"
COLLAGEN = "Collagen and elastin, one read-out at a time"
LONG = "Lines, scars, pigment, hair, epidermis and downtime"
SURFACE = "Horny layer and renewal"
BIOLOGY = "Cells, vessels, signals and all else"
LABORATORY = "Read-outs"
LINES = "Lines: median. Shaded: 5 to 95 %. Grey band: too small a change to notice."
CLOCK = "Dotted line: the session."
LOGARITHMIC = "Time runs on a logarithmic scale; the stub at the left is the time before."
CALENDAR = "Dotted lines: sessions, numbered."
SCATTER = "Depths scatter between needles; places are random and differ with the seed."
SIDE_BY_SIDE = (
    "5 to 95 % of the simulated courses, and the median. Differences are taken course by course: the same person in "
    "both arms. Readings between two stored times are interpolated."
)
HABITS = "What habits, conditions, medicines and aftercare act on"
ACTING = (
    "Each acts on one rate at most; none on an outcome. Factors on one rate multiply, which nobody has measured. What "
    "acts on nothing has no measurement of a rate behind it, or one that found nothing."
)
GRADES = "Numbers used, by grade of evidence"
ABOUT_PLAN, ABOUT_ANY = "Findings about this plan", "To know whatever the plan"
OF_NUMBERS, OF_SCREENING = "Of the numbers used", "Of the screening"
LAWS = (
    "One law per tissue component, all solved together in depth and time; people differ by their numbers. The result "
    "stores every number used, so it can be run again."
)
EMPTY = "No such outcome was asked for."
DELTA = (
    "Colour of the central person; in brackets 5 to 95 % of the simulated courses. ΔE: distance in CIELAB; about 1 is "
    "what two eyes tell apart side by side."
)


def unseen(faint: list[str]) -> str:
    """Which amounts are not drawn, and why."""
    return f"Not drawn, far below what an assay sees in every arm: {'; '.join(faint)}."


def central(arm: str) -> str:
    """Whose skin a drawing over time shows."""
    return f"The central person of the arm “{arm}”. Times count from the first session; later sessions fall between."
