"""Whose an exchange is, in the exchange itself, for lists: copies of its match's that the database holds equal."""

import django.db.models.deletion
from django.db import migrations, models

# Whatever is written into the copies, they are what the match says.
# 0 is nobody: a copy that is set to it differs, so that it is copied anew.
COPIES = """
CREATE FUNCTION cxc_exchange_list_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT m.visitor_partnership_id, m.host_organisation_id, m.host_partnership_id
        INTO NEW.visitor_partnership_id, NEW.host_organisation_id, NEW.host_partnership_id
        FROM matching_match m WHERE m.id = NEW.match_id FOR KEY SHARE;
    RETURN NEW;
END $$;
CREATE TRIGGER exchange_list_keys BEFORE INSERT ON exchanges_exchange
    FOR EACH ROW EXECUTE FUNCTION cxc_exchange_list_keys();
-- An ordinary change asks for no lock on another row: whoever locks these in the usual order would wait for it.
CREATE TRIGGER exchange_list_keys_kept BEFORE UPDATE ON exchanges_exchange FOR EACH ROW
    WHEN ((OLD.match_id, OLD.visitor_partnership_id, OLD.host_organisation_id, OLD.host_partnership_id)
        IS DISTINCT FROM (NEW.match_id, NEW.visitor_partnership_id, NEW.host_organisation_id, NEW.host_partnership_id))
    EXECUTE FUNCTION cxc_exchange_list_keys();
CREATE FUNCTION cxc_exchange_list_keys_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE exchanges_exchange SET host_partnership_id = 0 WHERE match_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER exchange_list_keys_follow AFTER UPDATE ON matching_match FOR EACH ROW
    WHEN ((OLD.visitor_partnership_id, OLD.host_partnership_id)
        IS DISTINCT FROM (NEW.visitor_partnership_id, NEW.host_partnership_id))
    EXECUTE FUNCTION cxc_exchange_list_keys_follow();
UPDATE exchanges_exchange SET host_partnership_id = 0;
"""
COPIES_BACK = """
DROP TRIGGER exchange_list_keys_follow ON matching_match;
DROP TRIGGER exchange_list_keys_kept ON exchanges_exchange;
DROP TRIGGER exchange_list_keys ON exchanges_exchange;
DROP FUNCTION cxc_exchange_list_keys_follow(), cxc_exchange_list_keys();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchanges", "0017_objections"),
        ("matching", "0005_list_keys"),
        ("profiles", "0010_factor_reset_moments"),
    ]

    operations = [
        migrations.AddField(
            model_name="exchange",
            name="host_organisation",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="profiles.organisation",
            ),
        ),
        migrations.AddField(
            model_name="exchange",
            name="host_partnership",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="profiles.partnership",
            ),
        ),
        migrations.AddField(
            model_name="exchange",
            name="visitor_partnership",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="profiles.partnership",
            ),
        ),
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(fields=["visitor_partnership", "visit"], name="exchange_of_vop"),
        ),
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(fields=["host_partnership"], name="exchange_of_hop"),
        ),
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(fields=["host_organisation"], name="exchange_of_ho"),
        ),
        migrations.AddIndex(
            model_name="exchange",
            index=models.Index(
                condition=models.Q(("cancel_asked_at__isnull", False)),
                fields=["cancel_asked_at"],
                name="exchange_to_cancel",
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["first_day", "id"], name="visit_in_order"),
        ),
        migrations.RunSQL(COPIES, COPIES_BACK),
    ]
