"""The steps over HTTP, as they work without JavaScript: each promise about drafts, questions and making."""

from __future__ import annotations

import html
import json
import re
import uuid
from io import StringIO

import lxml.html
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from rolematcher.decisions.models import Decision
from rolematcher.intake.drafts import DraftConflict, draft_save
from rolematcher.intake.forms import QuestionsForm
from rolematcher.intake.models import Draft
from rolematcher.intake.raw import answers_sound, ids_asked
from rolematcher.intake.steps import Sheet
from rolematcher.intake.words import SENTENCES, reading_words
from rolematcher.reading.messages import MESSAGES
from rolematcher.values.message import Message
from tests.conftest import PASSWORD
from tests.fixtures_pages import FIRM

from .texts import BRIEFS

pytestmark = pytest.mark.django_db

UNSURE = {"team": ["unsure"]}
TEXT = "Move leads from our web form into HubSpot with Zapier. Budget 3,000 USD for the project."


def words(answer) -> str:
    return html.unescape(answer.content.decode()).replace("\xa0", " ")


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


@pytest.fixture
def draft(loaded, recruiter):
    """A draft of the recruiter: `draft(work="language")`."""
    return lambda **fields: Draft.objects.create(owner=recruiter, fields=fields)


def test_the_first_step_offers_common_cases_and_says_what_it_covers_and_what_belongs_elsewhere(ana):
    page = words(ana.get("/new/"))
    assert "Support chatbot" in page
    assert "Covers three roles only" in page
    assert "No candidate data belongs here." in page


def test_a_text_begins_one_draft_and_leads_to_what_was_found(ana):
    sent = {"key": str(uuid.uuid4()), "description": TEXT, "project": "Leads"}
    answer = ana.post("/new/", sent)
    draft = Draft.objects.get()
    assert answer["Location"] == f"/drafts/{draft.public_id}/check/"
    assert (draft.project, draft.fields["description"]) == ("Leads", TEXT)
    ana.post("/new/", sent)
    assert Draft.objects.count() == 1
    page = words(ana.get(answer["Location"]))
    assert "These are right" in page
    assert "Not found:" in page


@pytest.mark.parametrize("brief", BRIEFS)
def test_each_text_comes_to_its_role_by_five_questions_at_most_and_without_script(ana, brief):
    (text, replies, role), asked = BRIEFS[brief], []
    page = sent_on(ana, sent_on(ana, ana.get("/new/"), description=text))
    while "/questions/" in page.request["PATH_INFO"]:
        now = re.findall(r'name="ids" value="(\w+)"', words(page))
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


def test_what_is_ticked_fills_the_answers_and_what_is_unticked_again_leaves_them(ana, draft):
    one = draft(description=TEXT)
    page = words(ana.get(f"/drafts/{one.public_id}/check/"))
    fact = re.search(r'name="take" value="(\w+)"', page)[1]
    ana.post(f"/drafts/{one.public_id}/check/", {"take": [fact]})
    one.refresh_from_db()
    assert one.fields[fact]
    ana.post(f"/drafts/{one.public_id}/check/", {})
    one.refresh_from_db()
    assert not one.fields[fact]


def test_a_starting_point_keeps_the_pasted_text(ana):
    ana.post("/new/", {"key": str(uuid.uuid4()), "description": TEXT, "from": "lead-routing"})
    draft = Draft.objects.get()
    assert draft.fields["description"] == TEXT
    assert draft.fields["work"] == "connect"


def test_a_question_is_asked_once_and_i_do_not_know_is_an_answer(ana, draft):
    one = draft(work="language")
    address, asked = f"/drafts/{one.public_id}/questions/", []
    for _question in range(20):
        page = ana.get(address)
        if page.status_code == 303:
            break
        now = re.findall(r'name="ids" value="(\w+)"', words(page))
        asked += now
        ana.post(address, {"ids": now, **dict.fromkeys(now, "unsure")})
    assert page["Location"] == f"/drafts/{one.public_id}/terms/"
    assert asked
    assert len(asked) == len(set(asked))
    assert "That is all we need" not in words(ana.get(page["Location"]))


def test_a_role_is_named_once_an_answer_points_to_it_and_you_can_stop_once_it_is_firm(ana, draft):
    page = words(ana.get(f"/drafts/{draft(stage='prototype').public_id}/questions/"))
    assert "The likely role appears here" in page
    firm = f"/drafts/{draft(**FIRM).public_id}"
    assert ana.get(f"{firm}/questions/").status_code == 303
    page = words(ana.get(f"{firm}/terms/"))
    assert "<b>AI engineer</b>" in page
    assert "That is all we need. You can stop here." in page


def test_something_else_asks_for_the_trade(ana, draft):
    page = words(ana.get(f"/drafts/{draft(work='other').public_id}/questions/"))
    assert 'name="trade"' in page
    assert page.count('name="ids"') == 1


@pytest.mark.parametrize(
    ("typed", "place", "said"),
    [
        ("60k a year", "Germany", "EUR 60,000 a year"),
        ("£450/day", "", "GBP 450 a day"),
        ("$3,000 for everything", "United States", "USD 3,000 for the whole project"),
        ("50-60k EUR a year", "", "EUR 50,000"),
    ],
)
def test_money_is_taken_as_people_write_it_and_said_back(ana, draft, typed, place, said):
    address = f"/drafts/{draft(work='language').public_id}/terms/"
    sent = ana.post(address, {"budget": typed, "place": place, "stay": "yes"})
    assert sent.status_code == 303, words(sent)
    assert said in words(ana.get(sent["Location"]))


def test_an_error_stands_at_its_field_with_what_was_typed(ana, draft):
    answer = ana.post(f"/drafts/{draft().public_id}/terms/", {"budget": "plenty", "place": "Atlantis"})
    page = words(answer)
    assert answer.status_code == 422
    assert 'value="plenty"' in page
    assert 'href="#id_budget"' in page
    assert 'href="#id_place"' in page and "“Atlantis” is not a place" in page


def test_nothing_answered_makes_nothing(ana, draft):
    address = f"/drafts/{draft(description='Words').public_id}/make/"
    page = words(ana.get(address))
    assert "there is nothing to make" in page and "btn-primary" not in page.split('id="intake"')[-1]
    assert ana.post(address, {"project": "Empty"}).status_code == 422
    assert not Decision.objects.exists()


def test_one_brief_however_often_it_is_sent(ana, draft):
    one = draft(**FIRM)
    address = f"/drafts/{one.public_id}/make/"
    first = ana.post(address, {"project": "Bot", "client": "Acme"})
    second = ana.post(address, {"project": "Bot", "client": "Acme"})
    decision = Decision.objects.get()
    assert first["Location"] == second["Location"] == decision.get_absolute_url()
    assert (decision.client, decision.project, decision.role) == ("Acme", "Bot", "ai_engineer")


def test_dates_in_the_past_are_named_and_do_not_stop_a_brief(ana, draft):
    one = draft(**FIRM, timeline={"needed_by": "2020-01-01"})
    assert "lies in the past" in words(ana.get(f"/drafts/{one.public_id}/make/"))
    assert ana.post(f"/drafts/{one.public_id}/make/", {}).status_code == 303


def test_autosave_keeps_what_is_typed_and_another_window_is_told(ana, draft):
    key = uuid.uuid4()
    first = {"ids": "description client", "description": "One", "tab": "a", "seen": "0"}
    assert "saved" in words(ana.post(f"/drafts/{key}/keep/", first))
    other = {**first, "description": "Two", "tab": "b", "seen": "0"}
    assert "changed in another window" in words(ana.post(f"/drafts/{key}/keep/", other))
    assert "too much text" in words(ana.post(f"/drafts/{key}/keep/", first | {"description": "x" * 60_001}))
    assert Draft.objects.get().fields["description"] == "One"
    ana.post(f"/drafts/{key}/keep/", {**other, "overwrite": "yes"})
    assert Draft.objects.get().fields["description"] == "Two"


def test_a_deleted_draft_can_be_brought_back(ana, draft):
    one = draft(work="connect")
    assert "Undo" in words(ana.post(f"/drafts/{one.public_id}/throw-away/"))
    assert ana.get(f"/drafts/{one.public_id}/").status_code == 404
    ana.post(f"/drafts/{one.public_id}/bring-back/")
    assert ana.get(f"/drafts/{one.public_id}/").status_code == 302


def test_all_questions_on_one_page_take_every_answer(ana, draft):
    one = draft()
    sent = {**FIRM, "place": "Germany", "must_haves": "Python\nSQL", "team_hours": "20"}
    answer = ana.post(f"/drafts/{one.public_id}/all/", sent)
    assert answer.status_code == 303, words(answer)
    one.refresh_from_db()
    assert one.fields["must_haves"] == ["Python", "SQL"]
    assert one.fields["place"] == "DE"
    assert ana.post(f"/drafts/{one.public_id}/make/", {}).status_code == 303


def test_a_new_version_and_a_copy_begin_with_the_answers(ana, recruiter, decision_of):
    decision = decision_of(recruiter, **FIRM | {"team": ["nobody"]}, client="Acme")
    version = ana.post(f"/briefs/{decision.public_id}/new-version/")
    draft = Draft.objects.get()
    assert (draft.new_version_of, draft.client) == (decision, "Acme")
    assert ana.post(version["Location"], {"client": "Acme"}).status_code == 303
    assert Decision.objects.latest("pk").number == decision.number
    sent = {"key": str(uuid.uuid4()), "copy": str(decision.public_id)}
    assert ana.get(f"/new/?copy={decision.public_id}").status_code == 200
    copied = ana.post("/new/", sent)
    assert copied["Location"].endswith("/make/")
    assert Draft.objects.latest("pk").fields["team"] == ["nobody"]
    assert Decision.objects.latest("pk").answers["team"] == []


def test_read_prints_json_lines_with_their_ids(loaded, tmp_path):
    lines = tmp_path / "texts.jsonl"
    lines.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n" + json.dumps({"text": "A web shop"}))
    out = StringIO()
    call_command("read", str(lines), stdout=out)
    first, second = map(json.loads, out.getvalue().splitlines())
    assert first["id"] == "a"
    assert {"suggestions", "role", "recommendation", "trade", "language", "message", "answers"} <= set(second)
    assert {"fact", "value", "strength", "words", "spans"} == set(first["suggestions"][0])
    call_command("read", str(lines), "--explain", stdout=out)


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_message_of_the_reader_has_words(language):

    assert set(SENTENCES) == set(MESSAGES)
    given = {"role": "ai_engineer", "other": "ml_engineer", "trade": "testing", "language": "fr"}
    with translation.override(language):
        for id, names in MESSAGES.items():
            said = reading_words(Message(id=id, values={name: given.get(name, "x") for name in names}))
            assert "%(" not in said


def test_a_type_of_contract_nobody_chose_stays_open(ana, draft):
    one = draft()
    address = f"/drafts/{one.public_id}/terms/"
    assert '<option value="open" selected>' in ana.get(address).content.decode()
    ana.post(address, {"engagement_type": "open", "place": "Germany", "stay": "yes"})
    one.refresh_from_db()
    assert one.fields["engagement_type"] == "open"
    assert "Advise me" in words(ana.get(address))


def test_the_autosave_of_the_same_window_is_not_another_window(draft):
    one = draft(work="language")
    late = Draft.objects.get()
    draft_save(one, {"evidence": "untested"}, seen=1, tab="a")
    draft_save(late, {"wish": "no"}, seen=1, tab="a")
    one.refresh_from_db()
    assert (one.fields["evidence"], one.fields["wish"], one.saved_version) == ("untested", "no", 3)
    other = Draft.objects.get()
    draft_save(one, {"app": "yes"}, seen=3, tab="a")
    with pytest.raises(DraftConflict):
        draft_save(other, {"app": "no"}, seen=3, tab="b")


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


def test_help_stands_between_a_question_and_what_answers_it_and_so_does_its_error(ana, draft):
    page = ana.post(
        f"/drafts/{draft().public_id}/all/", {"ids": ids_asked(Sheet({}).rulebook), "hours_a_week": "900"}
    )
    blocks = page.content.decode().split('<div id="div_id_')[1:]
    helped = [block for block in blocks if "_helptext" in block.split("<input")[0]]
    assert len(helped) >= 5
    assert sum(block.count('id="id_') for block in blocks) > len(blocks)
    for block in blocks:
        asks, control = re.search("</legend>|</label>", block), re.search("<(input|select|textarea)", block)
        parts = [asks, *re.finditer('class="(form-text|invalid-feedback)"', block), control]
        assert [part.start() for part in parts] == sorted(part.start() for part in parts)
    [wrong] = [block for block in blocks if "invalid-feedback" in block]
    assert (
        wrong.startswith("hours_a_week")
        and 'aria-invalid="true"' in wrong
        and "id_hours_a_week_error" in wrong
    )


@pytest.mark.parametrize("language", ["en", "de"])
def test_eleven_words_are_explained_in_two_sentences_each_and_links_lead_to_them(ana, draft, language):
    page = Client(headers={"Accept-Language": language}).get("/words/").content.decode()
    terms = re.findall(r'<dt id="([\w-]+)">[^<]+</dt><dd>([^<]+)</dd>', page)
    assert len(terms) == 11
    assert all(len(re.findall(r"[^.]\.(?: |$)", words)) == 2 for _id, words in terms)
    begun = ana.get(f"/drafts/{draft(work='language', place='DE').public_id}/terms/").content.decode()
    linked = set(re.findall(r"/words/#([\w-]+)", begun))
    assert linked and linked <= {id for id, _words in terms}
