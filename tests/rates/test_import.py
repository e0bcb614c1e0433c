"""Rates from files: changes are shown first, nothing is saved while a row is refused; hostile files end."""

from __future__ import annotations

import csv
import hashlib
import io
import tracemalloc

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied

from rolematcher.accounts.models import AuditEvent
from rolematcher.pay.figures import figures_packaged
from rolematcher.rates import importing
from rolematcher.rates.importing import ImportRefused, Preview
from rolematcher.rates.models import COLUMNS, RateObservation
from rolematcher.rates.pricing import figures_on_file
from rolematcher.rates.services import rates_export, rates_load, rates_workbook
from rolematcher.rates.tables import RatesFileFault

from .market import TODAY, file_of, row

pytestmark = pytest.mark.django_db


def rates_preview(file: io.BytesIO, **options: object) -> Preview:
    return importing.rates_preview(file, on=TODAY, **options)


def rates_import(file: io.BytesIO, *, user: object = None, **options: object) -> Preview:
    return importing.rates_import(file, user=user, on=TODAY, **options)


def count() -> int:
    return RateObservation.objects.count()


def test_new_rows_are_saved_then_the_same_then_changed():
    assert rates_import(file_of(row())).counts == (1, 0, 0, 0)
    assert rates_import(file_of(row(typical="100,000.00"))).counts == (0, 0, 1, 0)
    again = rates_import(file_of(row(typical="110000")))
    assert again.counts == (0, 1, 0, 0)
    assert again.changes[0].changes == (("typical", "100000", "110000"),)
    assert RateObservation.objects.get().typical == 110000


def test_nothing_is_saved_if_any_row_is_refused():
    with pytest.raises(ImportRefused) as refused:
        rates_import(file_of(row(), row(role="wizard")))
    assert count() == 0
    (fault,) = refused.value.preview.faults
    assert (fault.row, fault.column) == (3, "role")
    assert "ai_engineer" in fault.message


def test_a_row_that_repeats_another_is_refused_and_names_it():
    preview = rates_preview(file_of(row(), row(publisher="Beta"), row(typical="90000")))
    (fault,) = preview.faults
    assert (fault.row, fault.message) == (4, "repeats row 2. Remove one of the two.")


def test_who_imported_what_is_in_the_history_and_the_trail(rules_editor):
    rates_import(file_of(row()), user=rules_editor)
    rates_import(file_of(row(typical="110000", note="Read again")), user=rules_editor)
    stored = RateObservation.objects.get()
    assert stored.changed_by == rules_editor
    history = LogEntry.objects.filter(object_id=str(stored.pk)).order_by("pk")
    assert [entry.change_message for entry in history] == [
        "Import, row 2",
        "Import, row 2: typical 100000 → 110000; note – → Read again",
    ]
    events = AuditEvent.objects.filter(verb="rates.imported").order_by("pk")
    assert [event.detail["changed"] for event in events] == [0, 1]
    assert [event.detail["rows"] for event in events] == [
        {},
        {"2": [["typical", "100000", "110000"], ["note", "", "Read again"]]},
    ]
    given = file_of(row(typical="110000", note="Read again")).getvalue()
    assert events[1].detail["file"] == hashlib.sha256(given).hexdigest()


def test_only_who_may_import_does(recruiter):
    with pytest.raises(PermissionDenied):
        rates_import(file_of(row()), user=recruiter)
    assert count() == 0


def test_the_order_and_names_of_columns_are_free():
    heads = ("as_of", *[column for column in COLUMNS if column != "as_of"][::-1])
    assert rates_preview(file_of(row(), heads=heads)).counts == (1, 0, 0, 0)
    renamed = {("median" if name == "typical" else name): value for name, value in row().items()}
    heads = tuple("median" if column == "typical" else column for column in COLUMNS)
    assert rates_preview(file_of(renamed, heads=heads)).counts == (1, 0, 0, 0)


def test_empty_lines_are_passed_over_and_a_note_of_several_lines_is_one_row():
    given = file_of(row(note="One\nTwo"), row(role="wizard")).getvalue() + b"\r\n\r\n,,,\r\n"
    assert [fault.row for fault in rates_preview(io.BytesIO(given)).faults] == [3]


@pytest.mark.parametrize(
    ("content", "cure"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "CSV UTF-8"),
        (b"role,colour\n", "Not known: colour"),
        (b"role,role\n", "twice: role"),
        (b"role,place\n", "missing: engagement_type"),
        (b"PK\x03\x04 no workbook at all", "workbook cannot be read"),
        (file_of(row(note="x" * 1_000_000)).getvalue(), "far too long"),
        (file_of(row()).getvalue() + b'ai_engineer,"' + b"US\n" * 60_000, "quotation mark"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(content, cure):
    with pytest.raises(RatesFileFault, match=cure):
        rates_import(io.BytesIO(content))
    assert count() == 0


def test_every_fault_of_every_row_is_told_with_its_number_and_column():
    wrong = row(role="nobody", currency="usd$", as_of="soon", low="9", typical="2", high="3")
    faults = rates_preview(file_of(row(), row(publisher=""), wrong)).faults
    columns = ["role", "currency", "low", "as_of"]
    assert [(fault.row, fault.column) for fault in faults] == [
        (3, "publisher"),
        *((4, name) for name in columns),
    ]


def test_a_row_with_too_many_cells_is_refused():
    broken = file_of(row()).getvalue() + b",".join([b"x"] * 22)
    (fault,) = rates_preview(io.BytesIO(broken)).faults
    assert fault.message.startswith("has 22 cells, the heads are 21")


def test_reading_stops_where_everything_is_wrong(monkeypatch):
    monkeypatch.setattr(importing, "MOST_FAULTS", 3)
    wrong = file_of(*[row(role="wizard")] * 5)
    preview = rates_preview(wrong)
    assert (preview.refused, preview.stopped) == (3, True)
    with pytest.raises(ImportRefused):
        rates_import(wrong, despite_refused=True)


def test_a_million_rows_are_refused_unread_in_little_memory():
    line = file_of(row()).getvalue().splitlines(keepends=True)
    million = io.BytesIO(line[0] + b"x\n" * 1_000_000)
    tracemalloc.start()
    with pytest.raises(RatesFileFault, match="Split the file"):
        rates_preview(million)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * 1024 * 1024


def test_the_packaged_rates_are_loaded_once_and_export_and_import_back_unchanged():
    assert rates_load() == 337
    exported = "".join(rates_export())
    assert rates_import(io.BytesIO(exported.encode())).counts == (0, 0, 337, 0)
    assert rates_import(io.BytesIO(rates_workbook().read())).counts == (0, 0, 337, 0)
    RateObservation.objects.filter(publisher="Simplilearn").delete()
    assert (rates_load(), count()) == (0, 327), "they are the operator's by now"
    RateObservation.objects.all().delete()
    assert rates_import(io.BytesIO(exported.encode())).counts == (337, 0, 0, 0)
    assert "".join(rates_export()) == exported
    assert figures_on_file().all == figures_packaged().all


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "'=1+1", "-12.5", "－1+1"])
def test_formulas_are_neutralised_on_export_and_come_back_as_they_were(text):
    rates_import(file_of(row(note=text, publisher=text)))
    before = RateObservation.objects.values("note", "publisher").get()
    exported = "".join(rates_export())
    (cells,) = csv.DictReader(io.StringIO(exported.removeprefix("\ufeff")))
    assert cells["note"] == "-12.5" or not cells["note"].startswith(("=", "+", "-", "@", "－"))
    RateObservation.objects.all().delete()
    rates_import(io.BytesIO(exported.encode()))
    assert RateObservation.objects.values("note", "publisher").get() == before


def test_a_change_of_any_figure_is_seen_by_the_next_decision():
    assert figures_on_file().all == figures_packaged().all, "nothing entered is what ships"
    rates_load()
    before = figures_on_file()
    assert figures_on_file() is before
    RateObservation.objects.filter(publisher="Simplilearn").first().delete()
    assert len(figures_on_file().all) == 336
    changed = RateObservation.objects.filter(publisher="JobLabs", seniority="all").get()
    changed.typical = 91000
    changed.save()
    found = figures_on_file().rows("ai_engineer", "GB", "permanent")
    (ours,) = [seen for seen in found if seen.publisher == "JobLabs" and seen.seniority == "all"]
    assert ours.typical == 91000


def test_whoever_insists_says_why_and_it_is_kept():
    odd = {"place": "SE", "currency": "SEK", "typical": "62000"}
    assert rates_preview(file_of(row(**odd))).odd == 1
    rates_import(file_of(row(**odd, insisted="A tenth of a post")))
    assert RateObservation.objects.get().insisted == "A tenth of a post"
    assert rates_preview(file_of(row(as_of="2031", insisted="I know"))).refused == 1


def test_one_publisher_typed_three_ways_is_one_row_and_never_three_votes():
    typed = ("StepStone", "STEPSTONE", "Step\u200bStone")
    preview = rates_preview(file_of(*[row(publisher=name) for name in typed]))
    assert preview.counts == (1, 0, 0, 2)
    rates_import(file_of(row(publisher=typed[0])))
    assert rates_import(file_of(row(publisher=typed[1]))).counts == (0, 1, 0, 0)
    assert count() == 1
