"""Whose a match is, in the match itself, for lists: copies of its profiles' that the database holds equal."""

import django.db.models.deletion
from django.db import migrations, models

# Whatever is written into the copies, they are what the profiles say.
# 0 is nobody: a copy that is set to it differs, so that it is copied anew.
COPIES = """
CREATE FUNCTION cxc_match_list_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT visitor.partnership_id, host.organisation_id, host.partnership_id
        INTO NEW.visitor_partnership_id, NEW.host_organisation_id, NEW.host_partnership_id
        FROM profiles_profile visitor, profiles_profile host
        WHERE visitor.id = NEW.visiting_profile_id AND host.id = NEW.host_profile_id
        FOR KEY SHARE;  -- after whoever gives one of them to another Partnership just now
    RETURN NEW;
END $$;
CREATE TRIGGER match_list_keys BEFORE INSERT ON matching_match
    FOR EACH ROW EXECUTE FUNCTION cxc_match_list_keys();
-- An ordinary change asks for no lock on another row: whoever locks these in the usual order would wait for it.
CREATE TRIGGER match_list_keys_kept BEFORE UPDATE ON matching_match FOR EACH ROW
    WHEN ((OLD.visiting_profile_id, OLD.host_profile_id, OLD.visitor_partnership_id,
            OLD.host_organisation_id, OLD.host_partnership_id)
        IS DISTINCT FROM (NEW.visiting_profile_id, NEW.host_profile_id, NEW.visitor_partnership_id,
            NEW.host_organisation_id, NEW.host_partnership_id))
    EXECUTE FUNCTION cxc_match_list_keys();
CREATE FUNCTION cxc_match_list_keys_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE matching_match SET host_partnership_id = 0 WHERE NEW.id IN (visiting_profile_id, host_profile_id);
    RETURN NULL;
END $$;
CREATE TRIGGER match_list_keys_follow AFTER UPDATE ON profiles_profile
    FOR EACH ROW WHEN (OLD.partnership_id IS DISTINCT FROM NEW.partnership_id)
    EXECUTE FUNCTION cxc_match_list_keys_follow();
UPDATE matching_match SET host_partnership_id = 0;
"""
COPIES_BACK = """
DROP TRIGGER match_list_keys_follow ON profiles_profile;
DROP TRIGGER match_list_keys_kept ON matching_match;
DROP TRIGGER match_list_keys ON matching_match;
DROP FUNCTION cxc_match_list_keys_follow(), cxc_match_list_keys();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0004_saved_searches_as_views"),
        ("profiles", "0010_factor_reset_moments"),
    ]

    operations = [
        migrations.AddField(
            model_name="match",
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
            model_name="match",
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
            model_name="match",
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
            model_name="match",
            index=models.Index(fields=["visitor_partnership", "state"], name="match_of_vop"),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(fields=["host_partnership", "state"], name="match_of_hop"),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(fields=["host_organisation"], name="match_of_ho"),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(fields=["proposed_at", "id"], name="match_in_order"),
        ),
        migrations.RunSQL(COPIES, COPIES_BACK),
    ]
