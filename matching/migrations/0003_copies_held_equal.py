"""A match's copies equal its visiting profile's, and what it is between never changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_initial"), ("profiles", "0002_fixed_columns")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION cxc_match_copies() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM 1 FROM profiles_profile WHERE id = NEW.visiting_profile_id
                    AND organisation_id = NEW.visiting_organisation_id AND generation_id = NEW.generation_id;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'a match carries its visiting profile''s organisation and generation';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER match_copies BEFORE INSERT ON matching_match
                FOR EACH ROW EXECUTE FUNCTION cxc_match_copies();
            CREATE TRIGGER match_fixed_columns BEFORE UPDATE ON matching_match
                FOR EACH ROW EXECUTE FUNCTION cxc_refuse_edit_of(
                    'visiting_profile_id', 'host_profile_id', 'modality', 'visiting_organisation_id', 'generation_id');
            """,
            """
            DROP TRIGGER match_fixed_columns ON matching_match;
            DROP TRIGGER match_copies ON matching_match;
            DROP FUNCTION cxc_match_copies();
            """,
        )
    ]
