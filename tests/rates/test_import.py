"""Rates as CSV: changes are shown first, nothing is saved while a row is refused, hostile files end early."""

from __future__ import annotations

import csv
import io
import tracemalloc

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.accounts.models import AuditEvent
from rolematcher.engine.errors import FigureError
from rolematcher.engine.money.observation import COLUMNS, observation_read
from rolematcher.rates.compare import MOST_FAULTS, row_faults
from rolematcher.rates.export import rates_export
from rolematcher.rates.file import RatesFileFault
from rolematcher.rates.importing import ImportOutdated, ImportRefused, rates_import, rates_preview
from rolematcher.rates.models import RateObservation
from rolematcher.rates.services import figures_on_file, packaged_observations, rates_load

from .market import row

pytestmark = pytest.mark.django_db


def file_of(*rows: dict[str, str], heads: tuple[str, ...] = COLUMNS, delimiter: str = ",") -> io.BytesIO:
    """A CSV file of rows of text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, heads, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(out.getvalue().encode())


def count() -> int:
    return RateObservation.objects.count()


def test_a_preview_counts_and_saves_nothing():
    preview = rates_preview(file_of(row(), row(publisher="Beta"), row(publisher="Gamma", typical="-5")))
    assert preview.counts == (2, 0, 0, 1)
    assert count() == 0


def test_new_rows_are_saved_then_the_same_then_changed():
    assert rates_import(file_of(row()), user=None).counts == (1, 0, 0, 0)
    assert rates_import(file_of(row(typical="100,000.00")), user=None).counts == (0, 0, 1, 0)
    again = rates_import(file_of(row(typical="110000")), user=None)
    assert again.counts == (0, 1, 0, 0)
    assert again.changes[0].changes == (("typical", "100000", "110000"),)
    assert RateObservation.objects.get().typical == 110000


def test_nothing_is_saved_if_any_row_is_refused():
    with pytest.raises(ImportRefused) as refused:
        rates_import(file_of(row(), row(role="wizard")), user=None)
    assert count() == 0
    (fault,) = refused.value.preview.faults
    assert (fault.row, fault.column) == (3, "role")
    assert "It is one of ai_engineer" in fault.message


def test_the_good_rows_are_saved_if_the_operator_says_so():
    assert rates_import(file_of(row(), row(role="wizard")), user=None, despite_refused=True).saved
    assert count() == 1


def test_a_row_that_repeats_another_is_refused_and_names_it():
    preview = rates_preview(file_of(row(), row(publisher="Beta"), row(typical="1")))
    (fault,) = preview.faults
    assert (fault.row, fault.message) == (4, "repeats row 2. Remove one of the two.")


def test_rates_changed_since_the_preview_are_not_saved_over():
    agreed = rates_preview(file_of(row())).counts
    rates_import(file_of(row(typical="90000")), user=None)
    with pytest.raises(ImportOutdated) as outdated:
        rates_import(file_of(row()), user=None, expected=agreed)
    assert outdated.value.preview.counts == (0, 1, 0, 0)
    assert RateObservation.objects.get().typical == 90000


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


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separators_that_spreadsheets_write_are_read(delimiter):
    assert rates_preview(file_of(row(title="A, B; C"), delimiter=delimiter)).counts == (1, 0, 0, 0)


def test_a_byte_order_mark_and_empty_lines_are_no_trouble():
    marked = b"\xef\xbb\xbf" + file_of(row()).getvalue() + b"\r\n\r\n,,,\r\n"
    assert rates_preview(io.BytesIO(marked)).counts == (1, 0, 0, 0)


def test_a_note_of_several_lines_counts_as_one_row():
    preview = rates_preview(file_of(row(note="One\nTwo"), row(role="wizard")))
    assert [fault.row for fault in preview.faults] == [3]


@pytest.mark.parametrize(
    ("content", "cure"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        ("role,region\nä".encode("utf-16"), "CSV UTF-8"),
        ("role,region\n".encode("utf-16-le"), "CSV UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0", "CSV UTF-8"),
        (b"role,colour\n", "Not known: colour"),
        (b"role,role\n", "twice: role"),
        (b"role,region\n", "missing: as_of"),
        (file_of(row()).getvalue().replace(b"survey", "süß".encode("cp1252")), "CSV UTF-8"),
        (file_of(row(note="x" * 1_000_000)).getvalue(), "far too long"),
        (file_of(row()).getvalue() + b'ai_engineer,"' + b"US\n" * 60_000, "quotation mark"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(content, cure):
    with pytest.raises(RatesFileFault, match=cure):
        rates_import(io.BytesIO(content), user=None)
    assert count() == 0


@pytest.mark.parametrize(
    "columns",
    [{"typical": "-100"}, {"as_of": "soon"}, {"title": "a\0b"}, {"publisher": ""}],
    ids=["negative", "bad date", "NUL", "no publisher"],
)
def test_a_bad_row_is_refused_with_its_number_and_column(columns):
    preview = rates_preview(file_of(row(), *[row(publisher=f"P{n}") for n in range(400)], row(**columns)))
    assert [(fault.row, fault.column) for fault in preview.faults] == [(403, next(iter(columns)))]


def test_a_row_with_cells_missing_or_too_many_is_refused():
    broken = file_of(row()).getvalue() + b"ai_engineer,US\r\n"
    (fault,) = rates_preview(io.BytesIO(broken)).faults
    assert fault.message.startswith("has 2 cells, the heads are 19")


def test_reading_stops_where_everything_is_wrong():
    preview = rates_preview(file_of(*[row(role="wizard")] * (MOST_FAULTS + 500)))
    assert (preview.refused, preview.stopped) == (MOST_FAULTS, True)
    with pytest.raises(ImportRefused):
        rates_import(file_of(*[row(role="wizard")] * MOST_FAULTS), user=None, despite_refused=True)


def test_a_million_rows_are_refused_unread_in_little_memory():
    line = file_of(row()).getvalue().splitlines(keepends=True)
    million = io.BytesIO(line[0] + b"x\n" * 1_000_000)
    tracemalloc.start()
    with pytest.raises(RatesFileFault, match="Split the file"):
        rates_preview(million)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * 1024 * 1024


def test_progress_is_told_on_long_files():
    told: list[int] = []
    rates_preview(file_of(*[row(publisher=f"P{number}") for number in range(4_500)]), progress=told.append)
    assert told == [2000, 4000]


def test_the_packaged_rates_export_and_import_back_unchanged():
    rates_load()
    exported = "".join(rates_export())
    assert rates_import(io.BytesIO(exported.encode()), user=None).counts == (0, 0, 162, 0)
    RateObservation.objects.all().delete()
    assert rates_import(io.BytesIO(exported.encode()), user=None).counts == (162, 0, 0, 0)
    assert "".join(rates_export()) == exported
    assert sorted(figures_on_file().observations, key=str) == sorted(packaged_observations(), key=str)


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "'=1+1", "-12.5", "－1+1"])
def test_formulas_are_neutralised_on_export_and_come_back_as_they_were(text):
    rates_import(file_of(row(note=text, publisher=text)), user=None)
    before = RateObservation.objects.values("note", "publisher").get()
    exported = "".join(rates_export())
    (cells,) = csv.DictReader(io.StringIO(exported.removeprefix("\ufeff")))
    assert cells["note"] == "-12.5" or not cells["note"].startswith(("=", "+", "-", "@", "－"))
    RateObservation.objects.all().delete()
    rates_import(io.BytesIO(exported.encode()), user=None)
    assert RateObservation.objects.values("note", "publisher").get() == before


def test_packaged_rates_are_loaded_once_and_then_left_alone():
    assert rates_load() == 162
    RateObservation.objects.filter(publisher="Simplilearn").delete()
    assert rates_load() == 0
    assert count() == 152


def test_a_change_of_any_figure_is_seen_by_the_next_decision():
    rates_load()
    before = figures_on_file()
    assert figures_on_file() is before
    RateObservation.objects.filter(publisher="Simplilearn").first().delete()
    assert len(figures_on_file().observations) == 161
    changed = RateObservation.objects.filter(publisher="JobLabs", seniority="all").get()
    changed.typical = 91000
    changed.save()
    (ours,) = [
        seen
        for seen in figures_on_file().observations.rows("ai_engineer", "GB", "permanent")
        if seen.publisher == "JobLabs" and seen.seniority == "all"
    ]
    assert ours.typical == 91000


def test_every_fault_of_a_row_is_told_at_once(loaded):
    wrong = row(role="nobody", currency="usd$", as_of="soon", low="9", typical="2", high="3")
    faults = rates_preview(file_of(wrong)).faults
    assert {fault.column for fault in faults} == {"role", "currency", "as_of", "low"}
    assert {fault.row for fault in faults} == {2}
    assert all(fault.message for fault in faults)


WRONG = st.sampled_from(["", "?", "-1", "soon", "x" * 3000])


@given(st.dictionaries(st.sampled_from(COLUMNS), WRONG, max_size=6))
def test_faults_of_any_row_are_found_and_each_column_once(changed):
    faults = _row_faults({**row(), **changed})
    columns = [fault.column for fault in faults]
    assert len(columns) == len(set(columns))
    assert set(columns) <= {*COLUMNS, ""}


def _row_faults(cells):
    try:
        observation_read(cells)
    except FigureError as error:
        return row_faults(2, cells, error)
    return []
