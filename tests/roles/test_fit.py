"""What is looked for follows the work: every kind of work with every role, and the texts people paste."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from rolematcher.packaged import packaged_text
from rolematcher.roles.fit import FittedProfile, fit_profile, focuses, focuses_of, goals_for
from rolematcher.roles.profile import role_profiles
from rolematcher.roles.terms import terms_found
from rolematcher.rules.answers import Answers, Timeline

ROLES = ("ai_engineer", "ml_engineer", "automation_specialist")
WORKS = ("connect", "language", "agent", "predict", "vision_common", "vision_special", "unsure")

VOICE = """People talk into their browser. Our server hands the audio to Whisper, and a language model
tidies the transcript. No chatbot."""

TEXTS = {
    "speech": ("language", VOICE),
    "speech in German": (
        "language",
        "Wir möchten Telefonate transkribieren und die Notizen ins CRM schreiben.",
    ),
    "documents": ("language", "Answer questions from our manuals and policies in SharePoint, with sources."),
    "chat": ("language", "A chatbot for our website."),
    "extraction": ("language", "Eingangsrechnungen auslesen und an die Buchhaltung geben."),
    "text": ("language", "Summarise each complaint and draft a reply."),
    "agent": ("agent", "It looks things up, compares offers and prepares the order."),
    "forecast": ("predict", "Forecast demand per shop from four years of sales."),
    "recommendation": ("predict", "A recommendation engine from clicks and purchases."),
    "scoring": ("predict", "Which customers are likely to leave? Churn from four years of records."),
    "images": ("vision_special", "Find scratches on our parts in camera images."),
    "medical_images": ("vision_special", "Judge chest x-rays for a radiology practice."),
    "connection": ("connect", "From the form to the CRM and to Slack."),
}

ONLY = [
    *(("retrieval", "documents"), ("audio", "speech"), ("recordings", "speech"), ("transcri", "speech")),
    *(("clinic", "medical_images"), ("time", "forecast"), ("recommendation", "recommendation")),
    *(("chat", "chat"), ("agents", "agent")),
]
"""Words of a must-have that only this focus may bring."""

TRAINING = ("train", "pytorch", "tensorflow", "statistics", "labelling", "drift")


def musts(fitted: FittedProfile) -> str:
    wanted = (*fitted.must_haves, *fitted.also, *fitted.covered)
    return " ".join(f"{item.skill} {item.look_for}" for item in wanted).casefold()


def everything(fitted: FittedProfile) -> str:
    asks = " ".join(f"{ask.ask} {ask.listen}" for ask in fitted.interview)
    return " ".join((musts(fitted), asks, *fitted.duties, *fitted.deliverables, *fitted.tools)).casefold()


@pytest.mark.parametrize("kind", TEXTS)
def test_a_description_brings_its_own_focus(kind):
    work, text = TEXTS[kind]
    assert kind.split(" ")[0] in focuses_of(Answers(work=work, description=text))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", TEXTS)
def test_must_haves_of_one_kind_of_work_are_not_asked_for_another(kind, role):
    work, text = TEXTS[kind]
    fitted = fit_profile(role, Answers(work=work, description=text, stage="production"))
    for word, focus in ONLY:
        asked = any(part.startswith(word) for part in musts(fitted).split())
        assert not asked or focus in fitted.focuses, (word, fitted.focuses)
    assert len(fitted.must_haves) >= 4
    assert len(fitted.interview) == len(set(fitted.interview)) == 6


@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize("evidence", ("buy", "ok", "failed", "unsure"))
def test_each_role_keeps_to_its_own_skills(work, evidence):
    skills = tomllib.loads(packaged_text("rulebook.toml"))["skills"]
    answers = Answers(work=work, evidence=evidence, stage="production")
    for role in ROLES:
        fitted = fit_profile(role, answers)
        for other in set(ROLES) - {role}:
            marks = tuple(skill.casefold() for skill in skills[other])
            assert not terms_found(marks, musts(fitted)), (role, other)
            assert not terms_found(marks, " ".join(fitted.tools)), (role, other)
    ai, ml, _automation = (fit_profile(role, answers) for role in ROLES)
    assert not any(word in musts(ai) for word in TRAINING)
    assert any(word in musts(ml) for word in TRAINING)


def test_a_voice_application_asks_for_speech_and_not_for_document_search():
    fitted = fit_profile("ai_engineer", Answers(work="language", app="yes", description=VOICE))
    assert fitted.focuses == ("speech",)
    assert "speech to text" in musts(fitted)
    assert not any(word in everything(fitted) for word in ("retrieval", "vector", "passage", "chat"))
    assert any("recording" in ask.ask for ask in fitted.interview)
    assert any("Whisper" in tool for tool in fitted.tools)


@pytest.mark.parametrize(
    ("work", "text", "focuses"),
    [
        ("language", "Voice-transcription application", ("speech",)),
        ("language", "Live-transcription of meetings", ("speech",)),
        ("language", "Voice-to-text for our nurses", ("speech",)),
        ("language", "Subtitles for our videos", ("speech",)),
        ("language", "Audiotranskription für Interviews", ("speech",)),
        ("unsure", "Sprachnotizen werden zu Text", ("speech",)),
        ("language", "Untertitel für unsere Filme", ("speech",)),
        ("unsure", "Find defects in photos of parts", ("images",)),
        ("unsure", "Fehler auf Kamerabildern finden", ("images",)),
        ("unsure", "Wir sind ein Bildungsträger.", ()),
        ("unsure", "Our public image suffers.", ()),
        ("unsure", "Defect tickets", ("text",)),
    ],
)
def test_speech_and_images_are_recognised_in_compound_words_alone(work, text, focuses):
    answers = Answers(work=work, description=text)
    assert focuses_of(answers)[:1] == focuses
    for role in ("ai_engineer", "ml_engineer"):
        assert ("image" in musts(fit_profile(role, answers))) == (focuses == ("images",))


def test_a_support_chatbot_over_documents_asks_for_both():
    text = "A chatbot that answers from our manuals and the knowledge base."
    fitted = fit_profile("ai_engineer", Answers(work="language", description=text))
    assert set(fitted.focuses) == {"documents", "chat"}
    assert "retrieval" in musts(fitted)
    assert "hand-over" in musts(fitted)


def test_nothing_said_asks_for_nothing_special():
    fitted = fit_profile("ai_engineer", Answers())
    assert fitted.focuses == ()
    assert [item.skill for item in fitted.must_haves] == [
        item.skill for item in fitted.profile.must_haves.items if not item.needs
    ]


def test_requested_must_haves_come_first_and_those_of_another_role_are_left_out():
    answers = Answers(work="language", description=VOICE, must_haves=("Python", "PyTorch", "LangChain"))
    fitted = fit_profile(
        "ai_engineer", answers, owners={"ml_engineer": ("PyTorch",), "ai_engineer": ("LangChain",)}
    )
    first = fitted.must_haves[:2]
    assert [(item.skill, item.requested) for item in first] == [("Python", True), ("LangChain", True)]
    assert first[0].look_for == "ran in daily use, with tests"
    assert "Working software in Python or JavaScript" not in musts(fitted)
    assert fitted.leave_out[0].skill == "PyTorch"
    assert not any("LangChain" in line for line in fitted.learnable)
    assert len(fitted.must_haves) == 5
    assert fitted.also, "what five leave no room for is not lost"
    shared = dict.fromkeys(("ai_engineer", "ml_engineer"), ("LangChain",))
    assert fit_profile("ai_engineer", answers, owners=shared).leave_out == fitted.profile.leave_out.items


def test_what_the_team_has_is_covered_unless_the_team_does_it_itself():
    answers = Answers(work="language", team=("developers",))
    covered = fit_profile("ai_engineer", answers).covered
    assert {item.held_by for item in covered} == {("developers",)}
    assert fit_profile("ai_engineer", answers, own_team=True).covered == ()


def test_data_that_must_stay_inside_asks_for_models_on_own_servers():
    inside = fit_profile("ai_engineer", Answers(work="language", sensitivity="must_stay_inside"))
    assert "Running models on own servers" in {item.skill for item in inside.must_haves}
    assert "own servers" not in musts(fit_profile("ai_engineer", Answers(work="language")))


def test_short_work_has_goals_within_its_length_and_nobody_starting_has_none():
    profile = role_profiles().role["ai_engineer"]
    setup = role_profiles().role["automation_specialist"]

    def days(recommendation="hire", on=None, of=profile, **answers):
        return [goal.by for goal in goals_for(of, Answers(**answers), recommendation, on=on)]

    assert days() == [14, 45, 90]
    assert days(timeline=Timeline(weeks=4)) == [7, 17, 28]
    assert days(stage="prototype")[-1] == 42
    assert days(timeline=Timeline(lasts="one_off"))[-1] == 42
    assert days(timeline=Timeline(needed_by=date(2026, 7, 1)), on=date(2026, 6, 1))[-1] == 30
    assert days(timeline=Timeline(needed_by=date(2026, 5, 1)), on=date(2026, 6, 1))[-1] == 90
    assert days("buy", of=setup) == [2, 5, 10]
    assert days("ask_first") == days("collect_data") == days("look_elsewhere") == []


def test_every_block_belongs_to_a_known_focus_and_every_choice_of_work_to_one_at_least():
    known = {focus.id for focus in focuses().focus}
    assert all(set(block.focuses) <= known for block in focuses().block)
    for work in WORKS[:-1]:
        assert focuses_of(Answers(work=work)), work


def test_hostile_text_is_read_quickly_and_harms_nothing():
    text = "no " * 5_000 + "chat bot " * 5_000 + "‮\x00" + "(" * 1_000
    assert focuses_of(Answers(work="language", description=text)) == ("chat",)
