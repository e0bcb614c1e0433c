"""Facts about the project, its time and its terms: who did or wants what with which result."""

from __future__ import annotations

from datetime import date

import pytest

from rolematcher.reading.read import read
from tests.reading.readings import ON, firm, reading_of


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("We tried Gemini on fifty orders and it missed half of them.", "evidence", "failed"),
        ("My colleague tested ChatGPT with old tickets. The answers were good enough.", "evidence", "ok"),
        ("Wir haben Copilot getestet, es war leider unbrauchbar.", "evidence", "failed"),
        ("Nobody has tried a ready-made service for this yet.", "evidence", "untested"),
        ("We have 8,000 photos, each labelled by a botanist.", "data", "labelled"),
        ("Es liegen 5.000 alte Schadenfälle vor, von Gutachtern bewertet.", "data", "labelled"),
        ("There are 3,000 recordings, but they are not labelled.", "data", "raw"),
        ("The outcome was never recorded.", "data", "none"),
        ("Our two developers have ten hours a week for this.", "team", ["developers"]),
        ("We have no developers and nobody who can build this.", "team", ["nobody"]),
        ("We want our own language model.", "wish", "scratch"),
        ("Fine-tune a Llama model on our letters.", "wish", "finetune"),
        ("No fine-tuning, please, an API will do.", "wish", "no"),
        ("The files must not leave our own servers.", "sensitivity", "must_stay_inside"),
        ("No screen is needed, it runs in the background.", "app", "no"),
        ("Build a web app with a login for our members.", "app", "yes"),
        ("First we need a prototype.", "stage", "prototype"),
        ("I have no technical background.", "lead", "non_technical"),
        ("Please document it so that we can maintain it ourselves.", "maintainer", "team"),
        ("Vertragsart: Freiberuflich", "engagement_type", "freelance_marketplace"),
        ("Vertragsart: Festanstellung", "engagement_type", "permanent"),
        ("Employment type: Contract", "engagement_type", "contract"),
        ("Six-month contract, outside IR35.", "engagement_type", "contract"),
        ("We offer parental leave and a pension. Permanent role.", "engagement_type", "permanent"),
        ("The client trialled a bought bot and 9 out of 10 replies were usable.", "evidence", "ok"),
        ("They evaluated Textract and it reached only 55 percent.", "evidence", "failed"),
        ("Ihr Kunde hat ein fertiges Tool getestet, die Trefferquote lag bei 50 %.", "evidence", "failed"),
        ("For each of the 9,000 loans it is noted whether it was repaid.", "data", "labelled"),
        ("Zu jedem Schadensfall ist die Ursache vermerkt.", "data", "labelled"),
        ("Alte Beispiele gibt es leider keine.", "data", "none"),
        ("2.000 Kundenanfragen liegen vor, ohne Kategorie.", "data", "raw"),
        ("Their dev team can give it one day a week.", "team", ["developers"]),
        ("Eigene Programmierer hat der Kunde nicht.", "team", ["nobody"]),
        ("One data scientist is already on board and has capacity.", "team", ["ml"]),
        ("Five C# developers in house, nobody with AI experience.", "team", ["developers"]),
        ("Three testers and two programmers are there.", "team", ["developers"]),
        ("We have no tech staff here.", "team", ["nobody"]),
        ("4.000 Fotos sind da, gelabelt ist keines.", "data", "raw"),
        ("Our plans must stay on their own servers.", "sensitivity", "must_stay_inside"),
        ("It has to be right, our patients depend on it.", "harm", "dangerous"),
        ("When it makes a mistake it is annoying, no big deal.", "harm", "little"),
        ("The forms hold names and addresses of tenants.", "sensitivity", "confidential"),
        ("We would like to employ somebody for this.", "engagement_type", "permanent"),
        ("A studio may build it for us.", "engagement_type", "agency"),
        ("It is a perm post in a small firm.", "engagement_type", "permanent"),
        ("Werkvertrag, Festpreis nach Absprache.", "engagement_type", "contract"),
        ("Nobody has looked at what is on the market.", "evidence", "untested"),
        ("The built-in filter was switched on and stopped hardly anything.", "evidence", "failed"),
        ("There are 9,000 shots, each named by a biologist.", "data", "labelled"),
        ("Two Java developers are reserved for this.", "team", ["developers"]),
        ("Neither of us programs.", "team", ["nobody"]),
        ("We will keep it running.", "maintainer", "team"),
        ("An IT supplier will look after it.", "maintainer", "provider"),
        ("Contract, outside IR35, to start soon.", "engagement_type", "contract"),
    ],
)
def test_what_somebody_did_has_or_wants_is_read(text, fact, value):
    assert firm(text, fact) == value


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("You have tried several AI tools with good results.", "evidence"),
        ("Have you tried ChatGPT for this?", "evidence"),
        ("Requirements\n- experience with labelled data", "data"),
        ("Requirements\n- fine-tuning of language models", "wish"),
        ("Fine-tune the settings of the search.", "wish"),
        ("Put our trained model behind an API.", "wish"),
        ("Requirements\n- explains results to non-technical colleagues", "lead"),
        ("Sort our mail.\n--\nThis message is confidential. Harbour Clinics Ltd.", "sensitivity"),
        ("We help with the production of podcasts.", "stage"),
        ("It could become a permanent role later.", "engagement_type"),
        ("Our last freelancer left.", "engagement_type"),
        ("Permanent or freelance, both are fine.", "engagement_type"),
        ("Their developers are booked out and cannot help.", "team"),
        ("We do not want an engineering department.", "team"),
        ("No personal data is stored.", "data"),
        ("A claim of up to $20,000 is checked by a clerk.", "data"),
        ("Nobody here has tried an AI tool.", "team"),
        ("We use Slack and ChatGPT in our daily work.", "evidence"),
        ("Every invoice should be checked and the result noted.", "data"),
        ("The recordings may not leave the UK.", "sensitivity"),
        ("Orders above €5,000 need an approved supplier.", "data"),
        ("A studio may take the photos.", "engagement_type"),
        ("We want to employ a better algorithm.", "engagement_type"),
        ("By March last year we had twenty shops.", "timeline"),
        ("The existing app fails to sync with our shop.", "evidence"),
        ("Two developers in house, both swamped until spring.", "team"),
        ("Claude did well in our test but made two sources up.", "evidence"),
        ("We had a ready-made bot on the line for two months.", "timeline"),
        ("Our IT can wire it up, but not before May.", "timeline"),
        ("We are a hospital group and want our phone answered by AI.", "harm"),
    ],
)
def test_what_only_sounds_like_it_is_left_alone(text, fact):
    assert firm(text, fact) is None


@pytest.mark.parametrize(
    ("text", "hours", "lasts", "weeks"),
    [
        ("We need you 25 hours a week for six months.", 25, "3_to_12_months", 26),
        ("Laufzeit: 9 Monate", None, "3_to_12_months", 39),
        ("Auslastung: 80 %", 32, "unsure", None),
        ("A one-off job.", None, "one_off", None),
        ("More than 6 months", None, "ongoing", None),
        ("Unbefristete Anstellung in Vollzeit", 40, "ongoing", None),
    ],
)
def test_time_is_read(text, hours, lasts, weeks):
    timeline = reading_of(text).suggestion("timeline").value
    assert (timeline.hours_a_week, timeline.lasts, timeline.weeks) == (hours, lasts, weeks)


@pytest.mark.parametrize(
    "text",
    [
        "Less than 30 hrs/week",
        "Up to 20 hours a week",
        "Bis zu 15 Stunden pro Woche",
        "This could become a full-time job.",
        "We build long-term value.",
        "Five years of experience.",
        "A paid trial of two weeks.",
        "We tried a ready-made voice service for two weeks and it was good enough.",
        "Wir haben drei Monate lang einen Dienst getestet.",
        "Three months' notice.",
        "We open in spring.",
    ],
)
def test_limits_hopes_and_other_times_fill_in_nothing(text):
    assert firm(text, "timeline") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It must be live by 15 March 2027.", date(2027, 3, 15)),
        ("Deadline: 2027-02-01", date(2027, 2, 1)),
        ("Fertig bis 31.01.2027", date(2027, 1, 31)),
        ("We launch on January 10.", date(2027, 1, 10)),
        ("We need somebody in place by March.", date(2027, 3, 31)),
        ("Abnahme bis Ende Mai.", date(2027, 5, 31)),
    ],
)
def test_a_day_is_read_from_the_day_of_reading_on(text, day):
    assert reading_of(text).suggestion("timeline").value.needed_by == day


def test_a_day_gone_by_is_no_deadline():
    assert read("It had to be live by 1 March 2026.", on=ON).suggestion("timeline") is None


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        (
            "The bought assistant ran for a quarter and talked nonsense to guests.",
            "evidence",
            "failed",
        ),
        ("Ein geliehener Dienst hat die Formulare fast immer richtig gelesen.", "evidence", "ok"),
        ("Nobody among us has ever looked for a product.", "evidence", "untested"),
        ("Our archive of 7,000 soil samples lists the lab's finding beside each.", "data", "labelled"),
        ("A developer of the group has been promised to you.", "team", ("developers",)),
        ("Kein Mitarbeiter versteht etwas vom Programmieren.", "team", ("nobody",)),
    ],
)
def test_what_only_many_small_signs_say_is_shown(text, fact, value):
    assert reading_of(text).suggestion(fact).value == value


def test_a_freelancer_by_the_day_is_a_contractor_and_nobody_from_a_marketplace():
    assert firm("Freelance, on site in Linz, 800 EUR a day.", "engagement_type") == "contract"
    assert firm("Vertragsart: Freiberuflich\nAuslastung: 3 Tage", "engagement_type") == "contract"
    assert firm("Freelance, on Upwork, 800 EUR a day.", "engagement_type") == "freelance_marketplace"


def test_what_only_small_signs_say_fills_in_nothing():
    text = "A developer of the group has been promised to you."
    assert reading_of(text).suggestion("team").strength == "hint"


def test_must_haves_are_known_skills_of_the_requirements_one_name_each():
    text = (
        "Build an assistant with OpenAI.\nRequirements\n- Python, FastAPI\n- LLMs (large language models)\n"
        "- scalable thinking\n- see https://example.com/rust\nNice to have\n- Kubernetes"
    )
    assert firm(text, "must_haves") == ["Python", "FastAPI", "Large language models"]


def test_a_task_alone_names_no_must_haves():
    assert firm("Build an assistant with OpenAI and Python.", "must_haves") is None


@pytest.mark.parametrize(
    "text",
    [
        "Build an assistant with OpenAI. Permanent is fine, freelance for six months also.",
        "Build an assistant with OpenAI. A freelancer works too, or a permanent post.",
        "Ein Assistent mit OpenAI. Festanstellung möglich, freiberuflich auch.",
    ],
)
def test_two_types_of_contract_that_are_both_welcome_leave_it_open(text):
    assert reading_of(text).suggestion("engagement_type") is None
