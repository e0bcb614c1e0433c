"""The page of a decision and what hangs on it: documents, advert files, rating sheet, places, the house."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from docx import Document
from PIL import Image
from pypdf import PdfReader

from rolematcher.briefs.house import House, house_head, logo_checked
from rolematcher.briefs.posting import job_posting_of, occupation_of
from rolematcher.intake.models import Draft

from .made import CHATBOT, RECOMMENDED, figure, worked_out

pytestmark = pytest.mark.django_db


def png(size=(40, 20), kind="PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "red").save(file, kind)
    return file.getvalue()


@pytest.fixture
def shown(decision_of, recruiter):
    """A decision to hire, kept."""
    return decision_of(recruiter, **CHATBOT)


def page(ana, name: str, decision, *args, **query):
    return ana.get(reverse(name, args=[decision.public_id, *args]), query)


@pytest.mark.parametrize("name", RECOMMENDED)
def test_every_recommendation_has_a_page(name, decision_of, recruiter, ana):
    decision = decision_of(recruiter, **RECOMMENDED[name])
    words = page(ana, "decision", decision).content.decode()
    for said in ("What it costs", "How sure", "Next step", "three roles only", "No candidate data"):
        assert said in words
    assert words.count("<h1") == 1


def test_the_page_offers_what_people_look_for(shown, ana):
    words = page(ana, "decision", shown).content.decode()
    for button in ("Client copy", "Word", "Share", "Mail", "Duplicate", "New version"):
        assert f">{button}<" in words
    assert "No worker is running" in words


def test_word_and_client_copies_are_asked_for_made_and_fetched(shown, ana, jobs_done):
    address = reverse("brief_request", args=[shown.public_id])
    for asked in ({"format": "docx"}, {"paper": "letter"}, {"audience": "client", "format": "docx"}):
        assert ana.post(address, asked).status_code == 303
    assert ana.post(address, {"format": "odt"}).status_code == 400
    assert jobs_done() >= 4
    for brief in shown.briefs.all():
        response = ana.get(reverse("brief_download", args=[brief.public_id]))
        data = b"".join(response.streaming_content)
        assert data.startswith(b"PK" if brief.format == "docx" else b"%PDF")
        assert ("-client" in response["Content-Disposition"]) == (brief.audience == "client")
        if brief.format == "pdf":
            width = PdfReader(io.BytesIO(data)).pages[0].mediabox.width
            assert round(width) == {"a4": 595, "letter": 612}[brief.paper]


def test_picked_briefs_come_as_one_zip(shown, decision_of, recruiter, ana, quick_papers, jobs_done):
    picked = [one.public_id for one in (shown, decision_of(recruiter, **CHATBOT))]
    state = ana.post(reverse("bulk"), {"pick": picked})["Location"]
    assert "0 of 2 PDFs are ready" in ana.get(state).content.decode()
    jobs_done()
    assert "2 of 2 PDFs are ready" in ana.get(state).content.decode()
    packed = zipfile.ZipFile(io.BytesIO(b"".join(ana.get(f"{state}download/").streaming_content)))
    assert len(packed.namelist()) == len(set(packed.namelist())) == 2
    assert all(packed.read(name).startswith(b"%PDF-") for name in packed.namelist())


def test_an_advert_comes_as_page_word_and_text(shown, ana):
    html = page(ana, "advert", shown, "html").content.decode()
    word = page(ana, "advert", shown, "docx").content
    text = page(ana, "advert", shown, "txt").content.decode()
    in_word = "\n".join(one.text for one in Document(io.BytesIO(word)).paragraphs)
    for line in text.splitlines():
        assert line.removeprefix("- ") in in_word
        assert line.removeprefix("- ") in html
    assert page(ana, "advert", shown, "exe").status_code == 404


def test_nobody_hired_has_no_advert_and_no_rating_sheet(decision_of, recruiter, ana):
    decision = decision_of(recruiter, **RECOMMENDED["buy"])
    for name, *rest in (("advert", "html"), ("job_posting",), ("rating_sheet",)):
        assert page(ana, name, decision, *rest).status_code == 404


def test_a_job_posting_lists_must_haves_alone_and_states_only_pay(shown, ana):
    record = json.loads(page(ana, "job_posting", shown).content)
    main = shown.pay_typed.main
    assert record["@type"] == "JobPosting"
    assert "a framework such as LangChain" not in record["qualifications"]
    assert record["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "unitText": "YEAR",
        "minValue": float(main.low),
        "maxValue": float(main.high),
    }
    assert {one["inCodeSet"] for one in record["occupationalCategory"]} == {"O*NET-SOC", "ESCO", "ISCO-08"}
    overseas = job_posting_of(worked_out(CHATBOT | {"engagement_type": "embedded_offshore"}))
    assert "baseSalary" not in overseas
    assert occupation_of(worked_out(RECOMMENDED["look_elsewhere"])) is None


def test_a_rating_sheet_is_blank(shown, ana):
    words = page(ana, "rating_sheet", shown).content.decode()
    assert words.count('"></td>') == 12


def test_two_to_ten_places_stand_side_by_side(shown, ana):
    words = page(ana, "places", shown, place=["GB", "DE", "US"]).content.decode()
    assert figure(CHATBOT) in words
    assert "Germany" in words
    assert "Choose between two and ten places" in page(ana, "places", shown, place=["GB"]).content.decode()
    unknown = page(ana, "places", shown, place=["XX", "<b>"]).content.decode()
    assert "Choose between two and ten places" in unknown


def test_the_house_is_one_row_with_a_checked_logo(admin_client):
    data = {"name": "Tern & Partner", "contact": "hello@tern.example", "approval_days": "3"}
    data["logo_file"] = io.BytesIO(png())
    data["logo_file"].name = "logo.png"
    assert admin_client.post(reverse("admin:briefs_house_add"), data).status_code == 302
    assert house_head().name == "Tern & Partner"
    assert house_head().logo.startswith(b"\x89PNG")
    assert admin_client.get(reverse("admin:briefs_house_add")).status_code == 403
    assert House.objects.count() == 1


@pytest.mark.parametrize(
    "data", [b"", b"<svg/>", png(kind="JPEG"), png()[:40], png((3001, 2)), b"x" * 200_001]
)
def test_a_logo_is_a_small_png_or_refused(data):
    with pytest.raises(ValidationError):
        logo_checked(data)


@pytest.mark.parametrize(
    ("step", "place", "found"), [("sharper", "DE", "Make it sharper"), ("terms", "", 'name="place"')]
)
def test_the_page_leads_to_a_new_version_at_what_is_left_to_say(
    step, place, found, ana, decision_of, recruiter
):
    first = decision_of(recruiter, **(CHATBOT | {"place": place}))
    words = ana.get(first.get_absolute_url()).content.decode()
    assert f'form="new-version" name="step" value="{step}"' in words
    assert ('name="step" value="terms"' in words) is (not place)
    begun = ana.post(f"/briefs/{first.public_id}/new-version/", {"step": step}, follow=True)
    assert found in begun.content.decode()
    assert Draft.objects.get().new_version_of == first
