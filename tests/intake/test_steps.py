"""The steps over HTTP, as they work without JavaScript: each promise about drafts, questions and making."""

from __future__ import annotations

import json
import re
from io import StringIO

import lxml.html
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from rolematcher.decisions.models import Decision
from rolematcher.intake.forms import QuestionsForm
from rolematcher.intake.models import Draft
from rolematcher.intake.raw import answers_sound, ids_asked
from rolematcher.intake.steps import Sheet
from rolematcher.intake.words import SENTENCES, reading_words
from rolematcher.reading.messages import MESSAGES
from rolematcher.values.message import Message
from tests.conftest import PASSWORD
from tests.fixtures_pages import FIRM

from .texts import BRIEFS, TEXT, asked_on, words

pytestmark = pytest.mark.django_db

UNSURE = {"team": ["unsure"]}


def sent_on(browser: Client, page, **typed):
    """Fill in the form that stands on a page and send it as it is without script; the page it leads to."""
    tree = lxml.html.fromstring(page.content.decode())
    [form] = tree.xpath("//form[@id='intake']") or tree.xpath("//main//form")
    assert form.xpath(".//button[not(@type) and not(@name)]")
    for name, value in typed.items():
        form.fields[name] = value
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return browser.post(page.request["PATH_INFO"], sent, follow=True)


def test_the_first_step_offers_common_cases_and_says_what_it_covers_and_what_belongs_elsewhere(ana):
    page = words(ana.get("/new/"))
    assert "Support chatbot" in page
    assert "Covers three roles only" in page
    assert "No candidate data belongs here." in page


@pytest.mark.parametrize("brief", BRIEFS)
def test_each_text_comes_to_its_role_by_five_questions_at_most_and_without_script(ana, brief):
    (text, replies, role), asked = BRIEFS[brief], []
    page = sent_on(ana, sent_on(ana, ana.get("/new/"), description=text))
    while "/questions/" in page.request["PATH_INFO"]:
        now = asked_on(page)
        asked += now
        page = sent_on(ana, page, **{id: replies.get(id, UNSURE.get(id, "unsure")) for id in now})
    assert len(asked) == len(set(asked)) <= 5
    page = sent_on(ana, sent_on(ana, page))
    decision = Decision.objects.get()
    assert page.request["PATH_INFO"] == decision.get_absolute_url()
    assert (decision.answers["description"], decision.role) == (text, role)


def test_every_step_lives_through_a_lost_session(ana):
    def signed_out_and_in(page, **typed):
        ana.logout()
        asked = sent_on(ana, page, **typed)
        assert asked.status_code == 401
        return sent_on(ana, asked, username="rita", password=PASSWORD)

    text = BRIEFS["leads"][0]
    page = signed_out_and_in(ana.get("/new/"), description=text)
    assert page.request["PATH_INFO"].endswith("/check/")
    assert Draft.objects.get().fields["description"] == text
    page = signed_out_and_in(page)
    assert Draft.objects.get().fields["budget"]
    step = page.request["PATH_INFO"].rsplit("/", 2)[0]
    page = signed_out_and_in(ana.get(f"{step}/terms/"), budget="$4,000 for everything")
    assert Draft.objects.get().fields["budget"]["amount"] == "$4,000 for everything"
    signed_out_and_in(page, client="Kept Ltd")
    assert Decision.objects.get().client == "Kept Ltd"


def test_a_question_is_asked_once_and_i_do_not_know_is_an_answer(begun):
    draft, asked = begun(work="language"), []
    while (page := draft.get("questions/")).status_code == 200:
        now = asked_on(page)
        assert now and not set(now) & set(asked)
        asked += now
        draft.post("questions/", ids=now, **dict.fromkeys(now, "unsure"))
    assert page["Location"] == f"{draft.root}terms/"
    assert asked
    assert "That is all we need" not in words(draft.get("terms/"))


def test_a_role_is_named_once_an_answer_points_to_it_and_you_can_stop_once_it_is_firm(begun):
    assert "The likely role appears here" in words(begun(stage="prototype").get("questions/"))
    firm = begun(**FIRM)
    assert firm.get("questions/").status_code == 303
    page = words(firm.get("terms/"))
    assert "<b>AI engineer</b>" in page
    assert "That is all we need. You can stop here." in page


def test_something_else_asks_for_the_trade(begun):
    assert asked_on(begun(work="other").get("questions/")) == ["trade"]


def test_a_place_too_unsure_to_be_taken_is_named_beside_its_question_until_it_is_answered(begun):
    draft = begun(description="A dental group with practices around Leeds wants its calls answered by AI.")
    said = "Your text may mean: United Kingdom (“Leeds”)."
    assert said in words(draft.get("terms/"))
    Draft.objects.update(fields=draft.fields | {"place": "IE"})
    assert said not in words(draft.get("terms/"))


@pytest.mark.parametrize(
    ("typed", "place", "said"),
    [
        ("60k a year", "Germany", "EUR 60,000 a year"),
        ("£450/day", "", "GBP 450 a day"),
        ("$3,000 for everything", "United States", "USD 3,000 for the whole project"),
        ("50-60k EUR a year", "", "EUR 50,000"),
    ],
)
def test_money_is_taken_as_people_write_it_and_said_back(begun, typed, place, said):
    draft = begun(work="language")
    draft.post("terms/", budget=typed, place=place, stay="yes")
    page = words(draft.get("terms/"))
    assert said in page and '<button class="btn btn-outline btn-lg" name="stay" value="yes"' in page


def test_an_error_stands_at_its_field_with_what_was_typed(begun):
    answer = begun().post("terms/", budget="plenty", place="Atlantis")
    page = words(answer)
    assert answer.status_code == 422
    assert 'value="plenty"' in page
    assert 'href="#id_budget"' in page
    assert 'href="#id_place"' in page and "“Atlantis” is not a place" in page


def test_nothing_answered_makes_nothing(begun):
    draft = begun(description="Words")
    page = words(draft.get("make/"))
    assert "there is nothing to make" in page and "btn-primary" not in page.split('id="intake"')[-1]
    assert draft.post("make/", project="Empty").status_code == 422
    assert not Decision.objects.exists()


def test_one_brief_however_often_it_is_sent(begun):
    draft = begun(**FIRM)
    sent = [draft.post("make/", project="Bot", client="Acme")["Location"] for _time in range(2)]
    decision = Decision.objects.get()
    assert sent == [decision.get_absolute_url()] * 2
    assert (decision.client, decision.project, decision.role) == ("Acme", "Bot", "ai_engineer")


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ({"timeline": {"needed_by": "2020-01-01"}}, "lies in the past"),
        ({"timeline": {"needed_by": "2090-01-01"}}, "more than three years away"),
        ({"remote": "no", "place": "GLOBAL"}, "a place of work that is anywhere"),
        ({}, "The project is untitled"),
    ],
)
def test_what_looks_like_a_slip_is_named_and_does_not_stop_a_brief(begun, odd, said):
    draft = begun(**FIRM, **odd)
    assert said in words(draft.get("make/"))
    assert draft.post("make/").status_code == 303


def test_all_questions_on_one_page_take_every_answer(begun):
    draft = begun()
    sent = {**FIRM, "place": "Germany", "must_haves": "Python\nSQL", "team_hours": "20"}
    assert draft.post("all/", **sent).status_code == 303
    assert draft.fields["must_haves"] == ["Python", "SQL"]
    assert draft.fields["place"] == "DE"
    assert draft.post("make/").status_code == 303


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_choice_of_a_list_begins_with_a_capital(loaded, language):
    with translation.override(language):
        rulebook = Sheet({}).rulebook
        fields = QuestionsForm(rulebook, ids_asked(rulebook), {}).fields.values()
        shown = [str(words) for field in fields for _id, words in getattr(field, "choices", ())]
    assert len(shown) > 50 and not [words for words in shown if words[0].islower()]


def test_a_type_of_contract_nobody_chose_stays_open(begun):
    draft = begun()
    assert '<option value="open" selected>' in draft.get("terms/").content.decode()
    draft.post("terms/", engagement_type="open", place="Germany", stay="yes")
    assert draft.fields["engagement_type"] == "open"
    assert "Advise me" in words(draft.get("terms/"))


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("unit", ["hour", "day", "week", "month", "year", "project"])
def test_a_budget_from_the_text_stands_in_its_field_as_it_is_said_and_reads_the_same(loaded, unit, language):
    budget = {"amount": "1234.5", "high": "60000", "currency": "EUR", "unit": unit}
    with translation.override(language):
        rulebook = Sheet({}).rulebook
        shown = QuestionsForm(rulebook, ["budget"], {"budget": budget}).initial["budget"]
        assert "60.000" in shown if language == "de" else "60,000" in shown
        typed, errors = answers_sound(rulebook, {"budget": {"amount": shown}})
        assert not errors
        assert typed.budget == answers_sound(rulebook, {"budget": budget})[0].budget


def test_help_stands_between_a_question_and_what_answers_it_and_so_does_its_error(begun):
    page = begun().post("all/", ids=ids_asked(Sheet({}).rulebook), hours_a_week="900")
    blocks = page.content.decode().split('<div id="div_id_')[1:]
    helped = [block for block in blocks if "_helptext" in block.split("<input")[0]]
    assert len(helped) >= 5
    assert sum(block.count('id="id_') for block in blocks) > len(blocks)
    for block in blocks:
        asks, control = re.search("</legend>|</label>", block), re.search("<(input|select|textarea)", block)
        parts = [asks, *re.finditer('class="(form-text|invalid-feedback)"', block), control]
        assert [part.start() for part in parts] == sorted(part.start() for part in parts)
    [wrong] = [block for block in blocks if "invalid-feedback" in block]
    assert wrong.startswith("hours_a_week")
    assert 'aria-invalid="true"' in wrong and "id_hours_a_week_error" in wrong


def test_read_prints_json_lines_with_their_ids(loaded, tmp_path):
    lines = tmp_path / "texts.jsonl"
    lines.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n" + json.dumps({"text": "A web shop"}))
    out = StringIO()
    call_command("read", str(lines), stdout=out)
    first, second = map(json.loads, out.getvalue().splitlines())
    assert first["id"] == "a"
    assert {"suggestions", "role", "recommendation", "trade", "language", "message", "answers"} <= set(second)
    assert {"fact", "value", "strength", "words", "spans"} == set(first["suggestions"][0])


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_message_of_the_reader_has_words(language):
    assert set(SENTENCES) == set(MESSAGES)
    given = {"role": "ai_engineer", "other": "ml_engineer", "trade": "testing", "language": "fr"}
    with translation.override(language):
        for id, names in MESSAGES.items():
            said = reading_words(Message(id=id, values={name: given.get(name, "x") for name in names}))
            assert "%(" not in said


@pytest.mark.parametrize("language", ["en", "de"])
def test_eleven_words_are_explained_in_two_sentences_each_and_links_lead_to_them(begun, language):
    page = Client(headers={"Accept-Language": language}).get("/words/").content.decode()
    terms = re.findall(r'<dt id="([\w-]+)">[^<]+</dt><dd>([^<]+)</dd>', page)
    assert len(terms) == 11
    assert all(len(re.findall(r"[^.]\.(?: |$)", words)) == 2 for _id, words in terms)
    page = begun(work="language", place="DE").get("terms/").content.decode()
    linked = set(re.findall(r"/words/#([\w-]+)", page))
    assert linked and linked <= {id for id, _words in terms}
