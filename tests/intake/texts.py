"""Descriptions as clients write them, and what stands on a page: its words, the questions it puts."""

from __future__ import annotations

import html
import re

TEXT = "Move leads from our web form into HubSpot with Zapier. Budget 3,000 USD for the project."

BRIEFS = {
    "dental": (
        "We run eleven dental practices. An assistant on the phone should answer patients, find out what"
        " they need, check the diary and book or move the appointment on its own. We need it in daily use."
        " Nobody has tried a ready-made service. Our two developers can help. Lisbon, 55k EUR a year.",
        {"work": "agent", "evidence": "untested", "wish": "no", "app": "no", "stage": "production"},
        "ai_engineer",
    ),
    "parts": (
        "We make metal parts and want to predict which batches will end as scrap, from four years of machine"
        " records where each batch is marked good or scrap. A standard product was tested and measured:"
        " it was not good enough. Stuttgart, permanent, 80.000 EUR im Jahr.",
        {"work": "predict", "evidence": "failed", "data": "labelled", "wish": "no"},
        "ml_engineer",
    ),
    "leads": (
        "Our agency wants leads from the website form moved into HubSpot and a note posted in Slack,"
        " set up in Zapier or Make, without a new screen. Freelancer, three weeks, $3,000 for everything.",
        {"work": "connect", "platform": "no_code", "app": "no", "wish": "no"},
        "automation_specialist",
    ),
}
"""The text, what somebody replies who knows, the role it needs."""


def words(answer) -> str:
    return html.unescape(answer.content.decode()).replace("\xa0", " ")


def asked_on(page) -> list[str]:
    """The questions that a page puts."""
    return re.findall(r'name="ids" value="(\w+)"', words(page))
