"""Long tables on paper: the cells of the page, few columns where there are many arms."""

from faces import synthetic

from microneedling.core.document import Table
from microneedling.report import printed_tables
from microneedling.report.render import content_of


def test_the_cells_are_those_of_the_page():
    content = content_of(synthetic.tree())
    made = [one for one in printed_tables.arms(content) if isinstance(one, Table)]
    open_groups = [one for one in content["groups"] if one.title not in content["folded"]]
    assert [one.title for one in made] == [one.title for one in open_groups]
    for table, group in zip(made, open_groups):
        cells = [cell for block in group.blocks for _, row in block.rows for cell in row]
        shown = [text for row in table.rows for text in row[2:]]
        assert len(shown) == len(cells) and all(cell.span in text for cell, text in zip(cells, shown))


def test_many_arms_stand_below_each_other():
    content = content_of(synthetic.tree())
    heads = [f"arm {n}" for n in range(printed_tables.ACROSS + 1)]
    table = next(one for one in printed_tables.arms({**content, "columns": heads}) if isinstance(one, Table))
    assert len(table.head) == 4 and "arm 0" in table.rows[0][2]


def test_every_number_used_is_there():
    content = content_of(synthetic.tree())
    (table,) = printed_tables.numbers(content["parameters"])
    assert len(table.rows) == len(content["answer"].parameters)
    assert all(len(row) == len(table.head) for row in table.rows)
