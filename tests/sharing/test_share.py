"""Sharing: a read-only link that says who opened it when; a brief by e-mail. How it ends: `test_links.py`."""

from __future__ import annotations

import html
import re

import pytest
from django.core import mail

from rolematcher.briefs.models import Brief
from rolematcher.sharing.models import ShareLink

pytestmark = pytest.mark.usefixtures("quick_papers")


@pytest.fixture
def decision(decision_of, recruiter):
    return decision_of(
        recruiter, work="connect", app="no", evidence="untested", wish="no", project="Lead routing"
    )


def shared(client, decision, **given) -> str:
    """Make a link; its address."""
    form = {"label": "Mr Client", "days": "14", **given}
    page = client.post(f"/briefs/{decision.public_id}/share/", form, follow=True).content.decode()
    return re.search(r"http://testserver(/s/[\w-]+/)", page)[1]


def test_whoever_has_the_link_reads_the_brief_without_an_account_and_can_change_nothing(
    ana, decision, client
):
    page = html.unescape(client.get(shared(ana, decision)).content.decode())
    assert "Lead routing" in page
    assert "automation specialist" in page.lower()
    for absent in ("<form", "All answers", 'href="/briefs/'):
        assert absent not in page


def test_the_recruiter_sees_who_opened_it_when_and_no_address_is_kept(ana, decision, client):
    address = shared(ana, decision)
    assert "not opened yet" in ana.get(decision.get_absolute_url()).content.decode()
    client.get(address, REMOTE_ADDR="203.0.113.77")
    page = ana.get(decision.get_absolute_url()).content.decode()
    for said in ("Mr Client", "opened once"):
        assert said in page
    assert "203.0.113.77" not in str(vars(ShareLink.objects.get().openings.get()))


def test_a_link_of_another_decision_cannot_be_withdrawn_through_this_one(
    ana, decision, decision_of, recruiter
):
    shared(ana, decision)
    other = decision_of(recruiter, work="agent")
    link = ShareLink.objects.get()
    assert ana.post(f"/briefs/{other.public_id}/share/{link.pk}/close/").status_code == 404


def test_a_link_needs_to_say_for_whom(ana, decision):
    answer = ana.post(f"/briefs/{decision.public_id}/share/", {"label": " ", "days": "30"})
    assert answer.status_code == 422
    assert "This field is required." in answer.content.decode()
    assert '<option value="30" selected>' in answer.content.decode()
    assert not ShareLink.objects.exists()


def send(client, decision, **given):
    form = {"to": "client@example.org", "copy": "client", **given}
    return client.post(f"/briefs/{decision.public_id}/mail/", form)


def test_the_brief_goes_out_to_several_as_an_attachment(ana, decision, ready):
    ready(decision, audience="client", format="docx")
    to = "client@example.org; boss@example.org"
    assert send(ana, decision, to=to, note="Here it is.", format="docx").status_code == 303
    (sent,) = mail.outbox
    assert sent.to == ["client@example.org", "boss@example.org"]
    assert sent.body.startswith("Here it is.")
    name, data, kind = sent.attachments[0]
    assert name.endswith("-client.docx") and data.startswith(b"PK")
    assert kind.startswith("application/vnd.openxmlformats-officedocument")


@pytest.mark.parametrize(
    ("to", "cure"),
    [
        ("nobody", "is not an e-mail address"),
        ("", "This field is required."),
        (" ".join(f"a{n}@example.org" for n in range(6)), "five people at most"),
    ],
)
def test_wrong_addresses_are_said_and_nothing_is_sent(ana, decision, ready, to, cure):
    ready(decision, audience="client")
    answer = send(ana, decision, to=to, note="Keep me")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert cure in html.unescape(page)
    assert "Keep me" in page
    assert html.escape(to) in page
    assert not mail.outbox


def test_a_mail_without_words_of_its_own_reads_like_a_letter_and_marks_the_decision_sent(
    ana, decision, ready
):
    ready(decision, audience="client")
    send(ana, decision)
    decision.refresh_from_db()
    assert mail.outbox[0].body.startswith("Hello,\n\nattached is our hiring brief for “Lead routing”.")
    assert decision.status == "sent"


def test_where_mail_is_only_printed_the_page_says_so_and_marks_nothing(
    ana, decision, ready, settings, capsys
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    ready(decision, audience="client")
    page = html.unescape(ana.get(send(ana, decision)["Location"]).content.decode())
    decision.refresh_from_db()
    assert "printed, not sent" in page
    assert "mail is only printed" in page
    assert decision.status == "made"


def test_a_header_cannot_be_smuggled_into_the_mail(ana, decision_of, recruiter, ready):
    decision = decision_of(recruiter, work="connect", project="Leads\r\nBcc: all@example.org")
    ready(decision, audience="client")
    send(ana, decision)
    assert mail.outbox[0].recipients() == ["client@example.org"]


def test_a_brief_that_is_not_ready_is_not_sent(ana, decision):
    assert "is being made" in send(ana, decision).content.decode()
    assert Brief.objects.filter(audience="client").exists()
    assert not mail.outbox
