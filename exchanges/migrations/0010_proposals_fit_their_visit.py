"""A proposal for a visit is one to its host in its modality; who waits is a visitor, for one visit for life."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0009_visits_open_to_visitors")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION cxc_proposal_fits_visit() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM 1 FROM matching_match m JOIN exchanges_visit v ON v.id = NEW.visit_id
                    WHERE m.id = NEW.match_id
                    AND m.host_profile_id = v.host_profile_id AND m.modality = v.modality;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'a proposal for a visit is one to its host, in its modality';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER proposal_fits_visit BEFORE INSERT OR UPDATE ON exchanges_visitproposal
                FOR EACH ROW EXECUTE FUNCTION cxc_proposal_fits_visit();
            CREATE FUNCTION cxc_visitor_waits() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM 1 FROM profiles_profile p JOIN exchanges_visit v ON v.id = NEW.visit_id
                    JOIN profiles_profile h ON h.id = v.host_profile_id
                    WHERE p.id = NEW.visiting_profile_id AND p.kind = 'visiting'
                    AND p.generation_id = h.generation_id;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'a visiting profile of the visit''s generation waits for it';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER visitor_waits BEFORE INSERT ON exchanges_waitingplace
                FOR EACH ROW EXECUTE FUNCTION cxc_visitor_waits();
            CREATE TRIGGER waiting_fixed_columns BEFORE UPDATE ON exchanges_waitingplace
                FOR EACH ROW EXECUTE FUNCTION cxc_refuse_edit_of('visit_id', 'visiting_profile_id', 'asked_at');
            """,
            """
            DROP TRIGGER waiting_fixed_columns ON exchanges_waitingplace;
            DROP TRIGGER visitor_waits ON exchanges_waitingplace;
            DROP FUNCTION cxc_visitor_waits();
            DROP TRIGGER proposal_fits_visit ON exchanges_visitproposal;
            DROP FUNCTION cxc_proposal_fits_visit();
            """,
        )
    ]
