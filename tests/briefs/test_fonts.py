"""Latin text looks the same on every machine: with many fonts, with none, and under any rules about them."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from .made import CHATBOT, brief

ROOT = Path(__file__).parents[2]
HEAD = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
ALL = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
FIRST = """<match target="pattern">
<edit name="family" mode="prepend" binding="strong"><string>Noto Color Emoji</string></edit></match>"""
INSTEAD = """<match target="pattern"><test name="family"><string>{family}</string></test>
<edit name="family" mode="assign" binding="strong"><string>DejaVu Serif</string></edit></match>"""
RULES = {
    "no fonts": "<dir>{empty}</dir>",
    "emoji before all": ALL + FIRST,
    "another for Inter": ALL + INSTEAD.format(family="Inter"),
    "another for ours": ALL + INSTEAD.format(family="Brief Inter"),
}
SCRIPT = """
import django; django.setup()
import hashlib
from contextlib import nullcontext
from rolematcher.briefs.pdf import render
from tests.briefs.made import CHATBOT, brief
if {bare}:
    render.machine_rules_apart = nullcontext
made = brief(**CHATBOT)
print(hashlib.sha256(made.data).hexdigest(), made.missing_glyphs)
"""


def made_under(rules: str, tmp_path: Path, *, bare: bool = False) -> str:
    """The hash of a brief made in a process of its own on a machine with these rules about fonts."""
    config = tmp_path / "fonts.conf"
    folder = tmp_path / "empty"
    folder.mkdir(exist_ok=True)
    config.write_text(HEAD + rules.replace("{empty}", str(folder)) + "</fontconfig>")
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT.format(bare=bare)],
        cwd=ROOT,
        env={**os.environ, "FONTCONFIG_FILE": str(config), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


@pytest.mark.parametrize(
    "rules",
    [pytest.param(name, marks=() if name == "emoji before all" else pytest.mark.slow) for name in RULES],
)
def test_a_machines_rules_about_fonts_change_no_byte(rules, tmp_path):
    assert made_under(RULES[rules], tmp_path) == hashlib.sha256(brief(**CHATBOT).data).hexdigest()


def test_a_machine_without_any_font_gives_the_same_bytes(tmp_path):
    here = hashlib.sha256(brief(**CHATBOT).data).hexdigest()
    assert made_under(RULES["no fonts"], tmp_path, bare=True) == here


def test_latin_text_is_set_in_our_own_cuts_only():
    names = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in PdfReader(io.BytesIO(brief(**CHATBOT).data)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names == {"Brief-Inter", "Brief-Inter-Semi-Bold", "Brief-Inter-Display-Semi-Bold"}


def test_the_variable_that_names_the_rules_is_left_as_it_was(monkeypatch):
    from rolematcher.briefs.pdf.fonts import machine_rules_apart

    monkeypatch.setenv("FONTCONFIG_FILE", "/elsewhere")
    with machine_rules_apart():
        assert os.environ["FONTCONFIG_FILE"].endswith("fonts.conf")
    assert os.environ["FONTCONFIG_FILE"] == "/elsewhere"
    monkeypatch.delenv("FONTCONFIG_FILE")
    with machine_rules_apart():
        pass
    assert "FONTCONFIG_FILE" not in os.environ


def test_emoji_are_as_large_as_the_text_they_stand_in():
    pages = {}
    for client in ("Acme", "Acme \U0001f680"):
        reader = PdfReader(io.BytesIO(brief(**CHATBOT | {"client": client}).data))
        places = {}

        def visit(text, _cm, matrix, _font, _size, places=places):
            if text.strip():
                places.setdefault(text.strip()[:3], round(matrix[5]))

        reader.pages[0].extract_text(visitor_text=visit)
        pages[client] = places["Hir"], places["Why"]
    plain, drawn = pages.values()
    assert max(abs(one - other) for one, other in zip(plain, drawn, strict=True)) <= 3
