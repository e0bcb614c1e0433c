"""The German catalogue: complete, in step with the sources, well formed, compiled."""

from __future__ import annotations

import re
from gettext import GNUTranslations
from typing import Any

import pytest
from babel.messages.catalog import Message

from rolematcher.roles.profile import role_profiles

from .sources import both, catalogues, keys_in_sources, messages, read

SLOT = re.compile(r"%\((\w+)\)[sd]|%%|\{\w*\}")
CURE = "Run `make messages`, then translate what is new in the rooms' locale/de/LC_MESSAGES/django.po."


def key_of(message: Message) -> tuple[str | None, str, str | None]:
    one, *plural = both(message.id)
    return (message.context, one, plural[0] if plural else None)


def test_every_text_of_code_templates_and_data_is_in_the_catalogue():
    missing = keys_in_sources() - {key_of(message) for message in messages()}
    assert not missing, CURE


def test_the_catalogue_holds_no_text_that_left_the_sources():
    left = {key_of(message) for message in messages()} - keys_in_sources()
    assert not left, CURE


def test_nothing_is_untranslated_or_merely_guessed():
    assert not [message.id for message in messages() if not all(both(message.string or ""))], CURE
    assert not [message.id for message in messages() if message.fuzzy], CURE
    assert not [list(catalogue.obsolete) for catalogue in read() if catalogue.obsolete]


def test_a_text_of_several_rooms_is_the_same_german_in_each():
    said: dict[Any, set[tuple[str, ...]]] = {}
    for message in messages():
        said.setdefault(key_of(message), set()).add(both(message.string))
    assert not [key for key, germans in said.items() if len(germans) > 1]


def test_slots_agree_in_both_languages():
    wrong = []
    for message in messages():
        wanted = set(SLOT.findall(both(message.id)[-1]))
        for text in both(message.string):
            if not set(SLOT.findall(text)) <= wanted or (
                text == both(message.string)[-1] and set(SLOT.findall(text)) != wanted
            ):
                wrong.append(text)
    assert not wrong


def test_spaces_and_breaks_at_the_ends_agree():
    wrong = [
        message.id
        for message in messages()
        for english, german in zip(both(message.id), both(message.string), strict=True)
        if (english[:1].isspace(), english[-1:].isspace()) != (german[:1].isspace(), german[-1:].isspace())
    ]
    assert not wrong


def test_the_compiled_catalogues_say_what_the_sources_say():
    for catalogue, path in zip(read(), catalogues("mo"), strict=True):
        with path.open("rb") as file:
            compiled = vars(GNUTranslations(file))["_catalog"]
        written: dict[str | tuple[str, int], Any] = {}
        for message in (message for message in catalogue if message.id):
            one = both(message.id)[0]
            name = f"{message.context}\x04{one}" if message.context else one
            if isinstance(message.id, str):
                written[name] = message.string
            else:
                written |= {(name, number): text for number, text in enumerate(both(message.string))}
        compiled.pop("")
        assert compiled == written, f"{path}: run `make messages`."


def test_german_addresses_people_formally():
    told = re.compile(r"\b(du|dich|dir|dein|deine|deinen|deinem|euch|euer)\b", re.IGNORECASE)
    assert not [text for message in messages() for text in both(message.string) if told.search(text)]


LEFT = re.compile(
    r"what settles the role|sharpens the advice|next worth knowing|reads like other work|a hint only"
    r"|accept all|take over what is ticked|never read as no|sort themselves out|rates are filed|usable by"
    r"|everything included|one a line|what must be true|on what basis|embedded offshore|built from nothing"
    r"|begun, not made|throw .*away|no name yet|goes on by itself|to put right|put right what|put this right"
    r"|type digits only|goes (with nothing else|only alone)|untick|fill this in|very often in a short"
    r"|sent before|anew|^that request|nothing here|take back$|^ways out|one other answer alone"
    r"|for the approver|as far as can be told|raise none|house rule|at this level|\bvote\b|weights in force"
    r"|our convention|every rate observation|no sourced figure|left as not sure|the keeper|dearer"
    r"|nearly applied|fingerprint|\btempts|turns round|came of|keep the outcome|^where it stands"
    r"|decide otherwise|put the override|send yourself|make (the|a) (link|token|webhook)|whoever has|json-ld"
    r"|copy (it )?as new|all i may see|filter and order|picked ones|\bpick (between|at|one|another)"
    r"|of the longest|one hole|\bmend\b|is violated",
    re.IGNORECASE,
)
"""Words that recruiters did not understand, each of which has a plainer one."""

LEFT_GERMAN = re.compile(r"gesichert|liest sich wie andere|zum Mitnehmen|Anteil am längsten", re.IGNORECASE)


def test_no_text_says_what_has_a_plainer_word():
    assert not [text for message in messages() for text in both(message.id) if LEFT.search(text)]
    assert not [text for message in messages() for text in both(message.string) if LEFT_GERMAN.search(text)]


def test_german_keeps_to_its_own_quotation_marks():
    assert not [text for message in messages() for text in both(message.string) if '"' in text]


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("AI engineer", "KI-Engineer"),
        ("ML engineer", "ML-Engineer"),
        ("automation specialist", "Automatisierungsspezialist"),
        ("budget", "Budget"),
        ("rulebook", "Regelwerk"),
        ("rate observation", "Vergütungsangabe"),
        ("hiring manager", "Hiring Manager"),
        ("our guideline", "Richtlinie"),
    ],
)
def test_a_term_has_one_german_name_everywhere(english, german):
    named = re.compile(rf"(?<![\w/]){english}(?![\w/])", re.IGNORECASE)
    titles = {title for profile in role_profiles().role.values() for title in profile.titles[1:]}
    found = [message for message in messages() if named.search(both(message.id)[0])]
    said = [message for message in found if message.id not in titles]  # adverts use the market's own words
    assert said
    assert not [message.id for message in said if german.lower() not in both(message.string)[0].lower()]
