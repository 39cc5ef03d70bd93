"""The API's operations as methods, printed from its document by docs/generated.py: not to be edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from onrecord.client.transport import Files, Transport
from onrecord.web.api import asking, checking, models

Act = Literal["asserts", "confirms", "denies", "not-confirmed", "no-comment", "retracts", "asks"]
Status = Literal["retracted", "denied", "disputed", "corroborated", "single-origin", "unconfirmed"]


class Operations(Transport):
    """One method for each operation."""

    def desk_me(self) -> models.Me:
        """Who asks, and what they may do."""
        return models.Me.model_validate_json(self.send("GET", "/me"))

    def desk_stories(
        self, *, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.Page[models.StoryLine]:
        """The desk's stories, by name."""
        return models.Page[models.StoryLine].model_validate_json(
            self.send("GET", "/stories", query={"offset": offset, "limit": limit, "cursor": cursor})
        )

    def desk_search(
        self,
        *,
        q: str = "",
        speaker: str | None = None,
        since: str | None = None,
        story: str | None = None,
        past: bool = False,
        offset: int = 0,
        limit: int = 50,
        cursor: str | None = None,
    ) -> models.Page[models.Hit]:
        """Claims, notes, statements, headlines and reports that hold the words; the first 10,000 at most."""
        return models.Page[models.Hit].model_validate_json(
            self.send(
                "GET",
                "/search",
                query={
                    "q": q,
                    "speaker": speaker,
                    "since": since,
                    "story": story,
                    "past": past,
                    "offset": offset,
                    "limit": limit,
                    "cursor": cursor,
                },
            )
        )

    def desk_searches(
        self, *, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.Page[models.KeptSearch]:
        """The searches that are kept, by name."""
        return models.Page[models.KeptSearch].model_validate_json(
            self.send("GET", "/searches", query={"offset": offset, "limit": limit, "cursor": cursor})
        )

    def desk_keep(self, wanted: asking.Keeping) -> models.Entry:
        """Keep a search for all who work at the desk; undo its entry to take it off."""
        return models.Entry.model_validate_json(self.send("POST", "/searches", body=wanted))

    def desk_notices(
        self, *, after: int = 0, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.Page[models.Notice]:
        """What concerns whoever asks: notes that call them, answers, claims given to them; the newest first."""
        return models.Page[models.Notice].model_validate_json(
            self.send("GET", "/notices", query={"after": after, "offset": offset, "limit": limit, "cursor": cursor})
        )

    def desk_log(
        self, *, story: str | None = None, after: int = 0, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.Page[models.Entry]:
        """Who entered what and when, in order."""
        return models.Page[models.Entry].model_validate_json(
            self.send(
                "GET",
                "/log",
                query={"story": story, "after": after, "offset": offset, "limit": limit, "cursor": cursor},
            )
        )

    def desk_entry(self, entry: int) -> models.Entry:
        """One entry by its number."""
        return models.Entry.model_validate_json(self.send("GET", self.place("/entries/{entry}", entry=entry)))

    def story_story(self, story: str) -> models.StoryHead:
        """What a story holds, and where its claims stand."""
        return models.StoryHead.model_validate_json(self.send("GET", self.place("/stories/{story}", story=story)))

    def story_reports(
        self, story: str, *, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.SnapshotPage[models.Report]:
        """The reports that count, by id."""
        return models.SnapshotPage[models.Report].model_validate_json(
            self.send(
                "GET",
                self.place("/stories/{story}/reports", story=story),
                query={"offset": offset, "limit": limit, "cursor": cursor},
            )
        )

    def work_add_report(self, story: str, wanted: asking.NewReport) -> models.Job:
        """Add a report as text or by its address; it is read in the background, see the job. A new name makes a
        story."""
        return models.Job.model_validate_json(
            self.send("POST", self.place("/stories/{story}/reports", story=story), body=wanted)
        )

    def story_report(self, story: str, report: str) -> models.ReportText:
        """One version of a report with its text, withdrawn and replaced ones too."""
        return models.ReportText.model_validate_json(
            self.send("GET", self.place("/stories/{story}/reports/{report}", story=story, report=report))
        )

    def story_attributions(
        self,
        story: str,
        *,
        report: str | None = None,
        speaker: str | None = None,
        act: Act | None = None,
        offset: int = 0,
        limit: int = 50,
        cursor: str | None = None,
    ) -> models.SnapshotPage[models.Attribution]:
        """The attributed statements, of one report, one speaker or one act, or all."""
        return models.SnapshotPage[models.Attribution].model_validate_json(
            self.send(
                "GET",
                self.place("/stories/{story}/attributions", story=story),
                query={
                    "report": report,
                    "speaker": speaker,
                    "act": act,
                    "offset": offset,
                    "limit": limit,
                    "cursor": cursor,
                },
            )
        )

    def story_claims(
        self,
        story: str,
        *,
        as_of: str | None = None,
        standing: Status | None = None,
        speaker: str | None = None,
        words: str | None = None,
        offset: int = 0,
        limit: int = 50,
        cursor: str | None = None,
    ) -> models.SnapshotPage[models.Claim]:
        """The claims and where each stands, by what was published by an instant; those nobody spoke to by then left
        out."""
        return models.SnapshotPage[models.Claim].model_validate_json(
            self.send(
                "GET",
                self.place("/stories/{story}/claims", story=story),
                query={
                    "as-of": as_of,
                    "standing": standing,
                    "speaker": speaker,
                    "words": words,
                    "offset": offset,
                    "limit": limit,
                    "cursor": cursor,
                },
            )
        )

    def story_claim(self, story: str, claim: str, *, as_of: str | None = None) -> models.ClaimInFull:
        """One claim, by its id, one it had before or its number in the brief, with the statements that bear on it."""
        return models.ClaimInFull.model_validate_json(
            self.send(
                "GET", self.place("/stories/{story}/claims/{claim}", story=story, claim=claim), query={"as-of": as_of}
            )
        )

    def story_needs_a_look(
        self, story: str, *, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.SnapshotPage[models.Unsettled]:
        """Decisions that are not applied, because their statements are in several claims now or in none."""
        return models.SnapshotPage[models.Unsettled].model_validate_json(
            self.send(
                "GET",
                self.place("/stories/{story}/needs-a-look", story=story),
                query={"offset": offset, "limit": limit, "cursor": cursor},
            )
        )

    def story_quotes(
        self, story: str, *, drift: bool | None = None, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.SnapshotPage[models.Quote]:
        """Utterances quoted in several reports, with their wordings word by word."""
        return models.SnapshotPage[models.Quote].model_validate_json(
            self.send(
                "GET",
                self.place("/stories/{story}/quotes", story=story),
                query={"drift": drift, "offset": offset, "limit": limit, "cursor": cursor},
            )
        )

    def story_exhibits(
        self, story: str, *, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.SnapshotPage[models.Exhibit]:
        """The documents that the story turns on, with who says what of each and their text in pieces."""
        return models.SnapshotPage[models.Exhibit].model_validate_json(
            self.send(
                "GET",
                self.place("/stories/{story}/exhibits", story=story),
                query={"offset": offset, "limit": limit, "cursor": cursor},
            )
        )

    def story_conflicts(
        self, story: str, *, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.SnapshotPage[models.Conflict]:
        """Pairs of attributions that cannot both hold."""
        return models.SnapshotPage[models.Conflict].model_validate_json(
            self.send(
                "GET",
                self.place("/stories/{story}/conflicts", story=story),
                query={"offset": offset, "limit": limit, "cursor": cursor},
            )
        )

    def story_speakers(
        self, story: str, *, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.SnapshotPage[models.Speaker]:
        """Who is credited, over all reports."""
        return models.SnapshotPage[models.Speaker].model_validate_json(
            self.send(
                "GET",
                self.place("/stories/{story}/speakers", story=story),
                query={"offset": offset, "limit": limit, "cursor": cursor},
            )
        )

    def story_sources(
        self, story: str, *, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.SnapshotPage[models.Source]:
        """The sources with the ways their statements took, the unnamed first."""
        return models.SnapshotPage[models.Source].model_validate_json(
            self.send(
                "GET",
                self.place("/stories/{story}/sources", story=story),
                query={"offset": offset, "limit": limit, "cursor": cursor},
            )
        )

    def story_timeline(
        self, story: str, *, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.SnapshotPage[models.Event]:
        """What is said to have happened when."""
        return models.SnapshotPage[models.Event].model_validate_json(
            self.send(
                "GET",
                self.place("/stories/{story}/timeline", story=story),
                query={"offset": offset, "limit": limit, "cursor": cursor},
            )
        )

    def story_changes(
        self, story: str, *, claim: str | None = None, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.SnapshotPage[models.Change]:
        """Each change of a claim's standing, in order of publication."""
        return models.SnapshotPage[models.Change].model_validate_json(
            self.send(
                "GET",
                self.place("/stories/{story}/changes", story=story),
                query={"claim": claim, "offset": offset, "limit": limit, "cursor": cursor},
            )
        )

    def story_file(self, story: str) -> Mapping[str, Any]:
        """The whole story file, as `onrecord brief --format json` writes it."""
        return self.plain(self.send("GET", self.place("/stories/{story}/file", story=story)))

    def work_decide(self, story: str, wanted: asking.Wanted) -> models.EntryReceipt:
        """Decide on claims and statements; it is an entry of its own, outlives every re-run, and can be undone."""
        return models.EntryReceipt.model_validate_json(
            self.send("POST", self.place("/stories/{story}/decisions", story=story), body=wanted)
        )

    def work_preview_decision(self, story: str, wanted: asking.Wanted) -> models.Preview:
        """What a decision on claims would count, before it is entered: origins, standing and statements of each
        claim."""
        return models.Preview.model_validate_json(
            self.send("POST", self.place("/stories/{story}/decisions/preview", story=story), body=wanted)
        )

    def work_undo(self, entry: int, wanted: asking.Reason) -> models.EntryReceipt:
        """Take back a decision, a withdrawal or an undoing, by an entry of its own."""
        return models.EntryReceipt.model_validate_json(
            self.send("POST", self.place("/entries/{entry}/undo", entry=entry), body=wanted)
        )

    def work_withdraw(self, story: str, report: str, wanted: asking.Reason) -> models.EntryReceipt:
        """Withdraw a report with all its versions: it is not told any more, but stays on record."""
        return models.EntryReceipt.model_validate_json(
            self.send(
                "POST",
                self.place("/stories/{story}/reports/{report}/withdraw", story=story, report=report),
                body=wanted,
            )
        )

    def work_move_reports(self, story: str, wanted: asking.Moving) -> models.Moves:
        """Move reports to another story, or join the whole story to it; undoing one entry takes all of them back."""
        return models.Moves.model_validate_json(
            self.send("POST", self.place("/stories/{story}/move", story=story), body=wanted)
        )

    def work_ask(self, story: str, claim: str) -> models.Answer:
        """Which reports support, deny or merely carry a claim, and which are silent."""
        return models.Answer.model_validate_json(
            self.send("GET", self.place("/stories/{story}/answer", story=story), query={"claim": claim})
        )

    def work_add_files(self, story: str, files: Files) -> models.Job:
        """Add reports as files, of any format that the tool reads; they are read in the background, see the job."""
        return models.Job.model_validate_json(
            self.send("POST", self.place("/stories/{story}/files", story=story), files=files)
        )

    def work_annotate_reports(self, story: str, files: Files) -> models.Annotated:
        """Enter annotations as notes on the statements whose words they anchor to; of each it is told what became of
        it."""
        return models.Annotated.model_validate_json(
            self.send("POST", self.place("/stories/{story}/annotations", story=story), files=files)
        )

    def work_jobs(
        self, story: str, *, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.Page[models.Job]:
        """A story's jobs, the last first."""
        return models.Page[models.Job].model_validate_json(
            self.send("GET", "/jobs", query={"story": story, "offset": offset, "limit": limit, "cursor": cursor})
        )

    def work_job(self, job: str) -> models.Job:
        """Where a job stands."""
        return models.Job.model_validate_json(self.send("GET", self.place("/jobs/{job}", job=job)))

    def alerts_alerts(
        self, *, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.Page[models.Alert]:
        """Your alerts, the oldest first; an administrator's are everybody's."""
        return models.Page[models.Alert].model_validate_json(
            self.send("GET", "/alerts", query={"offset": offset, "limit": limit, "cursor": cursor})
        )

    def alerts_add(self, wanted: asking.NewAlert) -> models.NewAlert:
        """Watch a story, a claim, a speaker or a search from now on; its secret is told this once."""
        return models.NewAlert.model_validate_json(self.send("POST", "/alerts", body=wanted))

    def alerts_alert(self, alert: str) -> models.Alert:
        """One of your alerts."""
        return models.Alert.model_validate_json(self.send("GET", self.place("/alerts/{alert}", alert=alert)))

    def alerts_remove(self, alert: str) -> None:
        """Remove an alert, with what waits for it."""
        self.send("DELETE", self.place("/alerts/{alert}", alert=alert))

    def alerts_notices(
        self, alert: str, *, after: int = 0, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.Page[models.ChangeNotice]:
        """What an alert was told, in order: the way to catch up for who was away."""
        return models.Page[models.ChangeNotice].model_validate_json(
            self.send(
                "GET",
                self.place("/alerts/{alert}/notices", alert=alert),
                query={"after": after, "offset": offset, "limit": limit, "cursor": cursor},
            )
        )

    def alerts_resume(self, alert: str) -> models.Alert:
        """Try again at once what waits for an alert."""
        return models.Alert.model_validate_json(self.send("POST", self.place("/alerts/{alert}/resume", alert=alert)))

    def alerts_replay(self, alert: str, wanted: asking.Replay) -> models.Replayed:
        """Send an alert's notices once more, in order and under the ids that they had."""
        return models.Replayed.model_validate_json(
            self.send("POST", self.place("/alerts/{alert}/replay", alert=alert), body=wanted)
        )

    def work_check(self, story: str, wanted: checking.Draft) -> checking.Checked:
        """Hold a draft against a story: quotes, speakers, figures, withdrawals, relays, refusals and house rules."""
        return checking.Checked.model_validate_json(
            self.send("POST", self.place("/stories/{story}/check", story=story), body=wanted)
        )

    def accounts_accounts(
        self, *, offset: int = 0, limit: int = 50, cursor: str | None = None
    ) -> models.Page[models.Account]:
        """Who may open the desk."""
        return models.Page[models.Account].model_validate_json(
            self.send("GET", "/accounts", query={"offset": offset, "limit": limit, "cursor": cursor})
        )

    def accounts_add(self, wanted: asking.NewAccount) -> models.Account:
        """Add an account."""
        return models.Account.model_validate_json(self.send("POST", "/accounts", body=wanted))

    def accounts_change(self, name: str, wanted: asking.AccountChange) -> models.Account:
        """Give an account another role, password or stories; a new password ends its sessions."""
        return models.Account.model_validate_json(
            self.send("PATCH", self.place("/accounts/{name}", name=name), body=wanted)
        )

    def accounts_remove(self, name: str) -> None:
        """Remove an account with its sessions and tokens; what it decided stays on record."""
        self.send("DELETE", self.place("/accounts/{name}", name=name))

    def accounts_issue(self, name: str, wanted: asking.TokenWish) -> models.NewToken:
        """Make a token for an account; it is told this once."""
        return models.NewToken.model_validate_json(
            self.send("POST", self.place("/accounts/{name}/tokens", name=name), body=wanted)
        )

    def accounts_take_back(self, token: str) -> None:
        """End a token by its id."""
        self.send("DELETE", self.place("/tokens/{token}", token=token))
