"""An exchange's copies equal its match's and its visit's, and what it belongs to never changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0003_initial"), ("matching", "0003_copies_held_equal")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION cxc_exchange_copies() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM 1 FROM matching_match m JOIN exchanges_visit v ON v.id = NEW.visit_id
                    WHERE m.id = NEW.match_id
                    AND m.visiting_organisation_id = NEW.organisation_id AND m.generation_id = NEW.generation_id
                    AND m.modality = NEW.modality AND v.modality = NEW.modality
                    AND v.host_profile_id = m.host_profile_id;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'an exchange carries its match''s organisation, generation and modality, at its host';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER exchange_copies BEFORE INSERT ON exchanges_exchange
                FOR EACH ROW EXECUTE FUNCTION cxc_exchange_copies();
            CREATE TRIGGER exchange_fixed_columns BEFORE UPDATE ON exchanges_exchange
                FOR EACH ROW EXECUTE FUNCTION cxc_refuse_edit_of(
                    'visit_id', 'match_id', 'organisation_id', 'generation_id', 'modality');
            CREATE TRIGGER visit_fixed_columns BEFORE UPDATE ON exchanges_visit
                FOR EACH ROW EXECUTE FUNCTION cxc_refuse_edit_of('host_profile_id', 'modality');
            """,
            """
            DROP TRIGGER visit_fixed_columns ON exchanges_visit;
            DROP TRIGGER exchange_fixed_columns ON exchanges_exchange;
            DROP TRIGGER exchange_copies ON exchanges_exchange;
            DROP FUNCTION cxc_exchange_copies();
            """,
        )
    ]
