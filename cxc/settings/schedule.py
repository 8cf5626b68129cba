"""When the portal does what by itself. Every job can run twice, late or beside itself."""

from celery.schedules import crontab

# What does not follow a clock that was moved.
ON_REAL_TIME = {"clear-sessions", "erase-old-sign-ins", "warn-of-seal-expiry", "make-daily-backup"}


def beat_schedule(*, tick_seconds: int, watch_seconds: int) -> dict[str, dict[str, object]]:
    """Celery beat's schedule.

    tick   what somebody waits for: starts, mails
    watch  what is due on a day: reminders, expiry; seconds apart only where the clock can be moved
    """
    return {
        "start-exchanges": _every(tick_seconds, "exchanges.tasks.start_exchanges"),
        "send-outbox": _every(tick_seconds, "cxc.comms.tasks.send_outbox"),
        "expire-proposals": _every(watch_seconds, "matching.tasks.expire_proposals"),
        "expire-visit-moves": _every(watch_seconds, "exchanges.tasks.expire_visit_moves"),
        "mail-saved-searches": _every(watch_seconds, "matching.tasks.mail_saved_searches"),
        "refit-vocabulary": _every(watch_seconds, "matching.tasks.refit_vocabulary"),
        "write-reminders": _every(watch_seconds, "cxc.todo.tasks.write_reminders"),
        "work-off-reconcile-requests": _every(tick_seconds, "cxc.todo.tasks.work_off_requests"),
        "reconcile-todo": {"task": "cxc.todo.tasks.reconcile_everything", "schedule": crontab(hour="2", minute="41")},
        "send-weekly-todo": _every(watch_seconds, "profiles.tasks.send_weekly_todo"),
        "archive-and-delete-profiles": _every(watch_seconds, "profiles.tasks.archive_and_delete_profiles"),
        "apply-help-retention": _every(watch_seconds, "helpdesk.tasks.apply_help_retention"),
        "erase-ibans": _every(watch_seconds, "exchanges.tasks.erase_ibans"),
        "erase-unused-scans": _every(watch_seconds, "exchanges.tasks.erase_unused_scans"),
        "erase-old-form-drafts": _every(watch_seconds, "cxc.web.tasks.erase_old_form_drafts"),
        "work-on-unfinished-bulk-runs": _every(60, "cxc.bulk.tasks.work_on_unfinished_runs"),
        "erase-old-bulk-runs": _every(watch_seconds, "cxc.bulk.tasks.erase_old_runs"),
        "delete-erased-files": _every(60, "cxc.core.tasks.delete_erased_files"),
        "make-pending-pdfs": _every(60, "exchanges.tasks.make_pending_pdfs"),
        "seal-due-documents": _every(60, "exchanges.tasks.seal_due_documents"),
        "work-on-pending-plans": _every(60, "matching.tasks.work_on_pending_plans"),
        "store-counts": _every(300, "reports.tasks.store_counts"),
        "count-funnel": _every(300, "reports.tasks.count_funnel"),
        "correct-counts": {"task": "reports.tasks.correct_counts", "schedule": crontab(hour="4", minute="7")},
        "erase-unreferenced-files": {
            "task": "cxc.core.tasks.erase_unreferenced_files",
            "schedule": crontab(hour="3", minute="47"),
        },
        # On real time, like sign-in and seals.
        "make-daily-backup": {"task": "cxc.backups.tasks.make_daily_backup", "schedule": crontab(minute="7")},
        "warn-of-seal-expiry": {"task": "cxc.seals.tasks.warn_of_expiry", "schedule": crontab(hour="6", minute="11")},
        "erase-old-sign-ins": {"task": "profiles.tasks.erase_old_sign_ins", "schedule": crontab(hour="3", minute="27")},
        "clear-sessions": {"task": "cxc.web.tasks.clear_sessions", "schedule": crontab(hour="3", minute="17")},
    }


def _every(seconds: int, task: str) -> dict[str, object]:
    """A run that is still waiting when the next is due is dropped: the next does its work too."""
    return {"task": task, "schedule": seconds, "options": {"expires": max(seconds, 30)}}
