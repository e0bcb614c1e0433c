"""How the pages are filled: larger type where there is room, no page with a few lines, no early line ends."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from weasyprint.formatting_structure import boxes

from rolematcher.briefs.pdf import render as rendering
from rolematcher.briefs.pdf.fetch import OwnFilesOnly
from rolematcher.briefs.pdf.fit import Fit, fit_of

from .made import CHATBOT, COURSES, content

LONG = CHATBOT | {
    "client": "Very Long Client Name & Partners " * 6,
    "project": "Answers for the service desk in seven languages " * 4,
    "musts": [f"Experience with systems of kind {number} in regulated industries" for number in range(5)],
    "success": [
        f"Nine of ten questions are answered without a person, sample {number}" for number in range(3)
    ],
    "description": "The service desk answers four thousand questions a week. " * 85,
    "team": ["developers"],
    "harm": "dangerous",
    "sensitivity": "must_stay_inside",
    "timeline": {"needed_by": "2027-02-01", "lasts": "ongoing", "hours_a_week": 40, "weeks": 26},
}

PAPERS = ["a4", pytest.param("letter", marks=pytest.mark.slow)]


def pages_of(said, paper="a4"):
    return rendering._laid_out(said, fit_of(said, paper), "full", paper, OwnFilesOnly({})).pages


def filled(page) -> float:
    """The share of a page's height that is used."""
    box = page._page_box
    bottoms = [
        part.position_y + part.height
        for part in box.descendants()
        if isinstance(part, boxes.LineBox) and part.position_y < box.content_box_y() + box.height
    ]
    return (max(bottoms) - box.content_box_y()) / box.height


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.slow), "de"])
@pytest.mark.parametrize("course", COURSES)
def test_each_part_has_one_page_and_fills_it_by_a_third_the_annex_by_a_quarter(course, language, paper):
    said = content(language, **COURSES[course])
    pages = pages_of(said, paper)
    assert len(pages) == (3 if fit_of(said, paper).flows else 4)
    for page in pages[:-1]:
        assert filled(page) > 1 / 3
    assert filled(pages[-1]) > 0.25


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_longest_text_in_every_field_leaves_no_page_with_a_few_lines(language, paper):
    pages = pages_of(content(language, **LONG), paper)
    assert 4 < len(pages) <= 6
    for page in pages[:-1]:
        assert filled(page) > 0.75
    assert filled(pages[-1]) > 0.2


def test_a_short_description_stands_under_the_answers_and_takes_no_page():
    said = content(**CHATBOT | {"description": "Ship it.\nSoon."})
    assert fit_of(said, "a4").description_left
    assert len(pages_of(said)) == 4


def test_a_count_that_was_too_hopeful_is_mended_by_looking_at_the_pages():
    said = content(**CHATBOT)
    hopeful = Fit(decision=True, search=True, approver=True, annex=True)
    made = rendering._laid_out(said, hopeful, "full", "a4", OwnFilesOnly({}))
    assert len(made.pages) == 4


def test_little_text_is_set_larger_and_much_text_is_not():
    assert fit_of(content(**COURSES["buy"]), "a4") == Fit(
        True, True, True, True, ("annex",), rules_right=True
    )
    assert not fit_of(content(**LONG), "a4").search


def lines_with_next(box):
    """Each line of a paragraph with the first word of the one after it."""
    lines = [part for part in getattr(box, "children", ()) if isinstance(part, boxes.LineBox)]
    for line, after in pairwise(lines):
        words = "".join(part.text for part in after.descendants() if isinstance(part, boxes.TextBox))
        yield line, words.split(" ")[0], box.width
    for part in getattr(box, "children", ()):
        yield from lines_with_next(part)


@pytest.mark.parametrize("course", COURSES)
def test_no_line_ends_where_the_next_word_still_had_room(course):
    said = content(**COURSES[course])
    # A forced line end stands before the answers of a reason; it is looked at without them.
    said = replace(said, why=())
    for page in pages_of(said):
        for line, word, width in lines_with_next(page._page_box):
            widest = len(word) * 9
            assert line.width + widest > width * 0.8 or "\xa0" in word, (word, line.width, width)


@pytest.mark.parametrize("course", COURSES)
def test_no_heading_stands_last_on_its_page(course):
    for page in pages_of(content(**COURSES[course] | {"description": "word " * 900})):
        kinds = [
            part.element_tag
            for part in page._page_box.descendants()
            if isinstance(part, boxes.BlockBox) and part.element_tag in ("h2", "h3", "p", "li", "td")
        ]
        assert kinds[-1] not in ("h2", "h3")
