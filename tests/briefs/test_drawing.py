"""The chart on paper: the drawing without its words, and every word laid where the drawing had it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from rolematcher.briefs.pdf.drawing import SVG, drawing_of

from .made import CHATBOT, COURSES, content


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("course", COURSES)
def test_every_word_of_the_chart_is_a_label_and_every_mark_stays(course, language):
    chart = content(language, **COURSES[course]).rates.chart
    drawing = drawing_of(chart)
    assert bool(drawing) == bool(chart)
    if not drawing:
        return
    before = ElementTree.fromstring(chart)
    after = ElementTree.fromstring(drawing.svg)
    assert [text.text for text in before.iter(f"{{{SVG}}}text")] == [label.words for label in drawing.labels]
    assert not list(after.iter(f"{{{SVG}}}text"))
    assert [node.attrib for node in after.iter()] == [
        node.attrib for node in before.iter() if node.tag != f"{{{SVG}}}text"
    ]
    assert after.find(f"{{{SVG}}}title").text == before.find(f"{{{SVG}}}title").text


def test_labels_keep_their_places():
    labels = {label.words: label for label in drawing_of(content(**CHATBOT).rates.chart).labels}
    own = labels["AI engineer, recommended"]
    assert (own.side, own.left, own.strong, own.small) == ("start", "0.00", True, False)
    figure = next(label for words, label in labels.items() if "145,000\u2013210,000" in words)
    assert (figure.side, figure.left) == ("end", "0.00")
    assert float(figure.right) < 1
    assert figure.top == own.top
    axis = [label for label in labels.values() if label.small and not label.strong]
    assert len({label.top for label in axis}) == 1
    assert all(label.soft for label in axis)


def test_without_a_chart_there_is_no_drawing():
    assert drawing_of("") is None
