"""A claim in the reader's words against invented reports, by words alone."""

from __future__ import annotations

from onrecord.datamodel.attribution import Act
from onrecord.linking.ask import ReportStance, ask
from tests.linking.builder import Said, reports_of


def test_each_report_is_answered() -> None:
    reports, attributions, parties = reports_of(
        [
            Said("Ada Brink", "that the council approved the harbour bridge"),
            Said("Otto Lund", "that the council did not approve the harbour bridge"),
            Said("Ida Moe", "that tea was served to every guest of the hotel"),
        ]
    )
    answer = ask("The council approved the harbour bridge", reports, attributions, parties)
    stances = {one.report: one.stance for one in answer.reports}
    assert stances == {"00": ReportStance.SUPPORTS, "01": ReportStance.DENIES, "02": ReportStance.SILENT}
    assert {one.attribution: one.stance for one in answer.attributions} == {"00-01": Act.ASSERTS, "01-01": Act.DENIES}
    assert next(one for one in answer.reports if one.report == "02").evidence == ()
