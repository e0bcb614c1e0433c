"""Advert wording: neutral titles and phrases that say nothing."""

from __future__ import annotations

import pytest

from rolematcher.roles.advert import neutral_title, vague_phrases
from rolematcher.roles.fit import fit_profile
from rolematcher.roles.profile import role_profiles
from rolematcher.rules.answers import Answers


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("KI-Engineer", "de", "KI-Engineer (m/w/d)"),
        ("KI-Engineer", "de-AT", "KI-Engineer (m/w/d)"),
        ("KI-Engineer (w/m/d)", "de", "KI-Engineer (w/m/d)"),
        ("KI-Engineer (M|W|D)", "de", "KI-Engineer (M|W|D)"),
        ("AI engineer", "en", "AI engineer"),
    ],
)
def test_german_titles_are_open_to_all_genders(title, language, expected):
    assert neutral_title(title, language) == expected


@pytest.mark.parametrize(
    "phrase",
    [
        *("rockstar", "Ninja", "fast-paced", "competitive salary", "native speaker", "wear many hats"),
        *("junges Team", "Muttersprachler", "attraktive Vergütung", "dynamisches Umfeld"),
    ],
)
def test_a_vague_phrase_is_named_with_a_cure(phrase):
    (found,) = vague_phrases(f"We offer: {phrase}, and more.")
    assert found.phrase == phrase.casefold()
    assert found.why


@pytest.mark.parametrize("text", ["", "Build features on models", "Die Jugendhilfe sucht"])
def test_plain_wording_is_left_alone(text):
    assert vague_phrases(text) == ()


def test_our_own_adverts_say_nothing_vague():
    for role in role_profiles().role:
        for work in ("connect", "language", "agent", "predict", "vision_common", "vision_special"):
            fitted = fit_profile(role, Answers(work=work))
            lines = (*fitted.titles, *fitted.duties, *(item.skill for item in fitted.must_haves))
            assert vague_phrases("\n".join(lines)) == ()
