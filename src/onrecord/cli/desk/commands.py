"""Every command over a desk, by name."""

from __future__ import annotations

import typer

from onrecord.cli.desk import alerts, asking, checking, custody, deciding, exporting, stamping
from onrecord.cli.desk.intake import annotating, filing, watching

_COMMANDS = (
    ("add", filing.add, filing.ADD),
    ("watch", watching.watch, watching.WATCH),
    ("notify", alerts.notify, alerts.NOTIFY),
    ("digest", alerts.digest, alerts.DIGEST),
    ("drop", filing.drop, filing.DROP),
    ("retell", filing.retell, filing.RETELL),
    ("stories", asking.stories, asking.STORIES),
    ("claims", asking.claims, asking.CLAIMS),
    ("show", asking.show, asking.SHOW),
    ("find", asking.find, asking.FIND),
    ("check", checking.check, checking.CHECK),
    ("decide", deciding.decide, deciding.DECIDE),
    ("annotate", annotating.annotate, annotating.ANNOTATE),
    ("undo", deciding.undo, deciding.UNDO),
    ("move", deciding.move, deciding.MOVE),
    ("log", custody.log, custody.LOG),
    ("verify", custody.verify, custody.VERIFY),
    ("head", custody.head, custody.HEAD),
    ("backup", custody.backup, custody.BACKUP),
    ("stamp", stamping.stamp, stamping.STAMP),
    ("export", exporting.export, exporting.EXPORT),
)


def register(app: typer.Typer) -> None:
    """Put the desk's commands beside the others."""
    for name, command, example in _COMMANDS:
        app.command(name, epilog=example)(command)
    app.add_typer(alerts.alert, name="alert")
