"""The lexicon: what ships is sound, and a faulty one is refused with place and cure."""

import re
import tomllib

import pytest

from rolematcher.engine.reader.lexicon import CUES, SECTIONS, LexiconError, lexicon_read
from rolematcher.packaged import packaged_text

OWN_FACTS = {"lean", "title", "lasts"}
"""Facts of the reader alone; every other vote must be for an answer of the rulebook."""


def every_entry() -> list[str]:
    raw = tomllib.loads(packaged_text("lexicon.toml"))
    lists = [family["terms"] for family in raw["family"]]
    lists += [*raw["cues"].values(), *raw["headings"].values(), *raw["places"].values()]
    return [entry for one in lists for entry in one]


def test_no_entry_is_longer_than_five_words():
    # Counted here from the text itself, parts split at hyphens and slashes: a longer entry would be
    # a phrase out of somebody's post.
    long = [entry for entry in every_entry() if len(re.findall(r"[^\W_]+(?:['’]\w+)?", entry)) > 5]
    assert long == []


def test_every_vote_is_for_an_answer_of_the_rulebook(lexicon, rulebook):
    values = {question.id: {choice.id for choice in question.choices} for question in rulebook.questions}
    wrong = [
        f"{family.id}: {vote.fact}.{vote.value}"
        for family in lexicon.families
        for vote in (*family.votes, *family.denied)
        if vote.fact not in OWN_FACTS and vote.value not in values.get(vote.fact, ())
    ]
    assert wrong == []


def test_no_family_lists_a_term_twice():
    for family in tomllib.loads(packaged_text("lexicon.toml"))["family"]:
        terms = family["terms"]
        assert sorted({term for term in terms if terms.count(term) > 1}) == [], family["id"]


def test_every_family_serves_a_purpose(lexicon):
    idle = [f.id for f in lexicon.families if not (f.votes or f.trade or f.mask)]
    assert idle == []


def minimal(**changes: str) -> str:
    parts = {
        "headings": "[headings]\n" + "\n".join(f'{name} = ["{name}"]' for name in SECTIONS),
        "cues": "[cues]\n" + "\n".join(f'{name} = ["{name}"]' for name in CUES),
        "places": '[places]\nDE = ["germany"]',
        "family": '[[family]]\nid = "t"\nwhy = "names a tool"\nvotes = { "a.b" = 1 }\nterms = ["n8n"]',
    }
    return "\n".join((parts | changes).values())


def test_a_minimal_lexicon_is_read():
    assert [term.text for term in lexicon_read(minimal()).whole["n8n"]] == ["n8n"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"family": "x ="}, "not TOML"),
        ({"family": ""}, "needs [[family]]"),
        ({"family": '[[family]]\nwhy = "x"\nterms = ["a"]'}, "has no id"),
        ({"family": '[[family]]\nid = "t"\nterms = ["a"]'}, "Family 't': say in `why`"),
        ({"family": '[[family]]\nid = "t"\nwhy = "x"\nterms = []'}, "Family 't': terms must be a list"),
        ({"family": '[[family]]\nid = "t"\nwhy = "x"\ncolour = 1\nterms = ["a"]'}, "colour is not known"),
        (
            {"family": '[[family]]\nid = "t"\nwhy = "x"\nmask = "yes"\nterms = ["a"]'},
            "mask must be true or false",
        ),
        (
            {"family": '[[family]]\nid = "t"\nwhy = "x"\nvotes = {work = 1}\nterms = ["a"]'},
            "must be fact.value",
        ),
        ({"family": '[[family]]\nid = "t"\nwhy = "x"\nvotes = {"a.b" = 9}\nterms = ["a"]'}, "at most 5"),
        ({"family": '[[family]]\nid = "t"\nwhy = "x"\nterms = ["a b c d e f"]'}, "at most 5 words"),
        ({"family": '[[family]]\nid = "t"\nwhy = "x"\nterms = ["a ~ b ~ c"]'}, "one '~' at most"),
        ({"family": '[[family]]\nid = "t"\nwhy = "x"\nterms = ["--"]'}, "there is no word in it"),
        ({"family": '[[family]]\nid = "t"\nwhy = "x"\nterms = ["ab*"]'}, "three letters before '*'"),
        ({"cues": '[cues]\nno = ["no"]'}, "[cues] must have exactly"),
        ({"headings": '[headings]\ntask = ["x"]'}, "[headings] must have exactly"),
        ({"places": '[places]\nXX = ["nowhere"]'}, "'XX' is not a region code"),
        ({"places": ""}, "needs a [places] table"),
    ],
)
def test_a_faulty_lexicon_is_refused_with_place_and_cure(changes, says):
    with pytest.raises(LexiconError, match=re.escape(says)):
        lexicon_read(minimal(**changes))


def test_the_same_family_twice_is_refused():
    twice = '[[family]]\nid = "t"\nwhy = "x"\nterms = ["a"]\n' * 2
    with pytest.raises(LexiconError, match="there twice"):
        lexicon_read(minimal(family=twice))
