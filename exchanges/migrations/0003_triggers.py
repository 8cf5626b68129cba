"""What the database holds by itself of exchanges, signatures, proposals for visits and payments."""

from django.db import migrations

# An exchange's copies equal its match's and its visit's, and what it belongs to never changes.
EXCHANGES = """
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
"""
EXCHANGES_BACK = """
DROP TRIGGER visit_fixed_columns ON exchanges_visit;
DROP TRIGGER exchange_fixed_columns ON exchanges_exchange;
DROP TRIGGER exchange_copies ON exchanges_exchange;
DROP FUNCTION cxc_exchange_copies();
"""
# A signature is added, never changed or removed.
SIGNATURES = """
CREATE FUNCTION cxc_refuse_change_of_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'signatures are only added, never changed or removed';
END $$;
CREATE TRIGGER signatures_only_added BEFORE UPDATE OR DELETE ON exchanges_signature
    FOR EACH ROW EXECUTE FUNCTION cxc_refuse_change_of_signature();
"""
SIGNATURES_BACK = """
DROP TRIGGER signatures_only_added ON exchanges_signature;
DROP FUNCTION cxc_refuse_change_of_signature();
"""
# A proposal for a visit is one to its host in its modality; who waits is a visitor, for one visit for life.
PROPOSALS = """
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
CREATE TRIGGER visitor_waits BEFORE INSERT ON exchanges_waitinglistentry
    FOR EACH ROW EXECUTE FUNCTION cxc_visitor_waits();
CREATE TRIGGER waiting_fixed_columns BEFORE UPDATE ON exchanges_waitinglistentry
    FOR EACH ROW EXECUTE FUNCTION cxc_refuse_edit_of('visit_id', 'visiting_profile_id', 'asked_at');
"""
PROPOSALS_BACK = """
DROP TRIGGER waiting_fixed_columns ON exchanges_waitinglistentry;
DROP TRIGGER visitor_waits ON exchanges_waitinglistentry;
DROP FUNCTION cxc_visitor_waits();
DROP TRIGGER proposal_fits_visit ON exchanges_visitproposal;
DROP FUNCTION cxc_proposal_fits_visit();
"""
# What is paid is the sum of the instalments and never above what is due.
PAYMENTS = """
CREATE FUNCTION cxc_paid_is_the_sum_of_instalments() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_TABLE_NAME = 'exchanges_payment' THEN
        touched := ARRAY[NEW.id];
    ELSIF TG_OP = 'INSERT' THEN
        touched := ARRAY[NEW.payment_id];
    ELSIF TG_OP = 'DELETE' THEN
        touched := ARRAY[OLD.payment_id];
    ELSE
        touched := ARRAY[OLD.payment_id, NEW.payment_id];
    END IF;
    PERFORM 1 FROM exchanges_payment p WHERE p.id = ANY (touched) AND p.paid_amount <>
        (SELECT COALESCE(sum(i.amount), 0) FROM exchanges_instalment i WHERE i.payment_id = p.id);
    IF FOUND THEN
        RAISE EXCEPTION 'what is paid is the sum of the instalments'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paid_is_the_sum_of_instalments';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER paid_is_the_sum_of_instalments
    AFTER INSERT OR UPDATE OR DELETE ON exchanges_instalment DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION cxc_paid_is_the_sum_of_instalments();
CREATE CONSTRAINT TRIGGER paid_is_the_sum_of_instalments
    AFTER INSERT OR UPDATE ON exchanges_payment DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION cxc_paid_is_the_sum_of_instalments();
"""
PAYMENTS_BACK = """
DROP TRIGGER paid_is_the_sum_of_instalments ON exchanges_payment;
DROP TRIGGER paid_is_the_sum_of_instalments ON exchanges_instalment;
DROP FUNCTION cxc_paid_is_the_sum_of_instalments();
"""


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0002_initial"), ("matching", "0003_functions")]

    operations = [
        migrations.RunSQL(EXCHANGES, EXCHANGES_BACK),
        migrations.RunSQL(SIGNATURES, SIGNATURES_BACK),
        migrations.RunSQL(PROPOSALS, PROPOSALS_BACK),
        migrations.RunSQL(PAYMENTS, PAYMENTS_BACK),
    ]
