"""What is counted of each thing, and how the stored counts follow every change. docs/statistics.md."""

from django.db import migrations

# Each answers the parts of counts that these things make: (figure, generation, modality, Partnership, value, number,
# amount). The same functions count live, store, and check.
COUNTS = """
CREATE FUNCTION reports_counts_of_visits(ids bigint[]) RETURNS TABLE (
    figure text, generation_id bigint, modality text, partnership_id bigint, value text, number bigint, amount numeric
) LANGUAGE sql STABLE AS $$
    WITH exchange AS (
        SELECT x.visit_id, x.generation_id::bigint, x.modality::text, x.state::text,
            x.state IN ('preparation', 'ready', 'ongoing', 'closed') AS confirmed,
            x.type_id::text AS type,
            COALESCE(x.actual_working_days, x.agreed_working_days, x.planned_working_days)::text AS days,
            to_char(COALESCE(x.actual_start, x.planned_start), 'YYYY-MM') AS month,
            visitor.partnership_id::bigint AS vop, host.partnership_id::bigint AS hop,
            host_organisation.country_id::text AS country,
            CASE
                WHEN count(*) FILTER (WHERE x.state IN ('preparation', 'ready', 'ongoing', 'closed'))
                    OVER (PARTITION BY x.visit_id) >= 2 THEN 'grouped'
                ELSE 'single'
            END AS size,
            payment.paid_amount AS paid
        FROM exchanges_exchange x
        JOIN matching_match m ON m.id = x.match_id
        JOIN profiles_profile visitor ON visitor.id = m.visiting_profile_id
        JOIN profiles_profile host ON host.id = m.host_profile_id
        JOIN profiles_organisation host_organisation ON host_organisation.id = host.organisation_id
        LEFT JOIN exchanges_payment payment ON payment.exchange_id = x.id AND payment.state = 'paid'
        WHERE x.visit_id = ANY (ids)
    )
    SELECT part.figure, e.generation_id, e.modality, part.partnership_id, part.value, count(*), sum(part.amount)
    FROM exchange e CROSS JOIN LATERAL (VALUES
        ('exchange_states', e.vop, e.state, 0, true),
        ('hosted_states', e.hop, e.state, 0, true),
        ('working_days', e.vop, e.days, 0, e.confirmed),
        ('types', e.vop, e.type, 0, e.confirmed),
        ('host_countries', e.vop, e.country, 0, e.confirmed),
        ('months', e.vop, e.month, 0, e.confirmed),
        ('grouped', e.vop, '', 0, e.confirmed AND e.size = 'grouped'),
        ('hosted_grouped', e.hop, '', 0, e.confirmed AND e.size = 'grouped'),
        ('paid', e.vop, e.size, e.paid, e.paid IS NOT NULL)
    ) part (figure, partnership_id, value, amount, is_counted)
    WHERE part.is_counted AND part.value IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT 'visits', e.generation_id, e.modality, NULL, e.size, count(DISTINCT e.visit_id), 0
    FROM exchange e WHERE e.confirmed GROUP BY 2, 3, 5
    UNION ALL
    SELECT 'visits_of_vop', e.generation_id, e.modality, e.vop, e.size, count(DISTINCT e.visit_id), 0
    FROM exchange e WHERE e.confirmed GROUP BY 2, 3, 4, 5
$$;

CREATE FUNCTION reports_counts_of_matches(ids bigint[]) RETURNS TABLE (
    figure text, generation_id bigint, modality text, partnership_id bigint, value text, number bigint, amount numeric
) LANGUAGE sql STABLE AS $$
    SELECT part.figure, m.generation_id::bigint, m.modality::text, part.partnership_id, part.value, count(*), 0::numeric
    FROM matching_match m
    JOIN profiles_profile visitor ON visitor.id = m.visiting_profile_id
    JOIN profiles_profile host ON host.id = m.host_profile_id
    CROSS JOIN LATERAL (VALUES
        ('match_states', visitor.partnership_id::bigint, m.state::text),
        ('match_initiators', visitor.partnership_id::bigint, m.initiated_by::text),
        ('hosted_matches', host.partnership_id::bigint, m.state::text)
    ) part (figure, partnership_id, value)
    WHERE m.id = ANY (ids)
    GROUP BY 1, 2, 3, 4, 5
$$;

CREATE FUNCTION reports_counts_of_profiles(ids bigint[]) RETURNS TABLE (
    figure text, generation_id bigint, modality text, partnership_id bigint, value text, number bigint, amount numeric
) LANGUAGE sql STABLE AS $$
    SELECT 'profiles', p.generation_id::bigint, '', p.partnership_id::bigint, p.kind || ' ' || p.state, count(*),
        0::numeric
    FROM profiles_profile p
    WHERE p.id = ANY (ids)
    GROUP BY 2, 4, 5
$$;

CREATE FUNCTION reports_counts_of(which text, ids bigint[]) RETURNS TABLE (
    figure text, generation_id bigint, modality text, partnership_id bigint, value text, number bigint, amount numeric
) LANGUAGE plpgsql STABLE ROWS 100 AS $$
BEGIN
    IF which = 'visit' THEN
        RETURN QUERY SELECT * FROM reports_counts_of_visits(ids);
    ELSIF which = 'match' THEN
        RETURN QUERY SELECT * FROM reports_counts_of_matches(ids);
    ELSE
        RETURN QUERY SELECT * FROM reports_counts_of_profiles(ids);
    END IF;
END $$;

CREATE VIEW reports_currentcount AS
    SELECT id, figure, generation_id, modality, partnership_id, value, number, amount FROM reports_storedcount
    UNION ALL
    SELECT NULL, counts.*
    FROM (VALUES ('visit'), ('match'), ('profile')) kind (thing)
    CROSS JOIN LATERAL reports_counts_of(
        kind.thing, ARRAY (SELECT live.thing_id FROM reports_countedlive live WHERE live.thing = kind.thing)
    ) counts;
"""
COUNTS_BACK = """
DROP VIEW reports_currentcount;
DROP FUNCTION reports_counts_of, reports_counts_of_profiles, reports_counts_of_matches, reports_counts_of_visits;
"""

# Before a thing changes, what it makes is taken out of the stored counts, once, and it is counted live from then on.
# The row of reports_countedlive is held until the change is committed, so that no job stores the thing meanwhile.
LIVE = """
CREATE FUNCTION reports_count_live(which text, changing bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    LOOP
        INSERT INTO reports_countedlive (thing, thing_id) VALUES (which, changing) ON CONFLICT DO NOTHING;
        IF FOUND THEN
            INSERT INTO reports_storedcount (figure, generation_id, modality, partnership_id, value, number, amount)
                SELECT c.figure, c.generation_id, c.modality, c.partnership_id, c.value, -c.number, -c.amount
                FROM reports_counts_of(which, ARRAY[changing]) c;
            RETURN;
        END IF;
        PERFORM 1 FROM reports_countedlive WHERE thing = which AND thing_id = changing FOR KEY SHARE;
        IF FOUND THEN
            RETURN;
        END IF;
    END LOOP;
END $$;

CREATE FUNCTION reports_exchange_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM reports_count_live('visit', OLD.visit_id);
    END IF;
    IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.visit_id <> OLD.visit_id) THEN
        PERFORM reports_count_live('visit', NEW.visit_id);
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER counted_exchange_comes_or_goes BEFORE INSERT OR DELETE ON exchanges_exchange
    FOR EACH ROW EXECUTE FUNCTION reports_exchange_changes();
CREATE TRIGGER counted_exchange_changes BEFORE UPDATE ON exchanges_exchange FOR EACH ROW
    WHEN ((OLD.visit_id, OLD.state, OLD.type_id, OLD.actual_start, OLD.planned_start,
            OLD.actual_working_days, OLD.agreed_working_days, OLD.planned_working_days)
        IS DISTINCT FROM (NEW.visit_id, NEW.state, NEW.type_id, NEW.actual_start, NEW.planned_start,
            NEW.actual_working_days, NEW.agreed_working_days, NEW.planned_working_days))
    EXECUTE FUNCTION reports_exchange_changes();

CREATE FUNCTION reports_payment_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    payment exchanges_payment := COALESCE(NEW, OLD);
BEGIN
    PERFORM reports_count_live('visit', x.visit_id) FROM exchanges_exchange x WHERE x.id = payment.exchange_id;
    RETURN payment;
END $$;
CREATE TRIGGER counted_payment_comes BEFORE INSERT ON exchanges_payment
    FOR EACH ROW WHEN (NEW.state = 'paid') EXECUTE FUNCTION reports_payment_changes();
CREATE TRIGGER counted_payment_changes BEFORE UPDATE ON exchanges_payment FOR EACH ROW
    WHEN ((OLD.state, OLD.paid_amount) IS DISTINCT FROM (NEW.state, NEW.paid_amount)
        AND 'paid' IN (OLD.state, NEW.state))
    EXECUTE FUNCTION reports_payment_changes();
CREATE TRIGGER counted_payment_goes BEFORE DELETE ON exchanges_payment
    FOR EACH ROW WHEN (OLD.state = 'paid') EXECUTE FUNCTION reports_payment_changes();

CREATE FUNCTION reports_thing_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM reports_count_live(TG_ARGV[0], OLD.id);
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE FUNCTION reports_things_come() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reports_countedlive (thing, thing_id) SELECT TG_ARGV[0], id FROM added ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER counted_matches_come AFTER INSERT ON matching_match REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION reports_things_come('match');
CREATE TRIGGER counted_match_changes BEFORE UPDATE ON matching_match FOR EACH ROW
    WHEN ((OLD.state, OLD.initiated_by) IS DISTINCT FROM (NEW.state, NEW.initiated_by))
    EXECUTE FUNCTION reports_thing_changes('match');
CREATE TRIGGER counted_match_goes BEFORE DELETE ON matching_match
    FOR EACH ROW EXECUTE FUNCTION reports_thing_changes('match');
CREATE TRIGGER counted_profiles_come AFTER INSERT ON profiles_profile REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION reports_things_come('profile');
CREATE TRIGGER counted_profile_changes BEFORE UPDATE ON profiles_profile FOR EACH ROW
    WHEN ((OLD.state, OLD.partnership_id) IS DISTINCT FROM (NEW.state, NEW.partnership_id))
    EXECUTE FUNCTION reports_thing_changes('profile');
CREATE TRIGGER counted_profile_goes BEFORE DELETE ON profiles_profile
    FOR EACH ROW EXECUTE FUNCTION reports_thing_changes('profile');

-- What a match or a visit reads of others: a profile's Partnership, the host's country.
CREATE FUNCTION reports_partnership_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM reports_count_live('match', m.id) FROM matching_match m
        WHERE OLD.id IN (m.visiting_profile_id, m.host_profile_id) ORDER BY m.id;
    PERFORM reports_count_live('visit', v.id) FROM exchanges_visit v
        WHERE v.host_profile_id = OLD.id OR v.id IN (
            SELECT x.visit_id FROM exchanges_exchange x JOIN matching_match m ON m.id = x.match_id
            WHERE m.visiting_profile_id = OLD.id
        ) ORDER BY v.id;
    RETURN NEW;
END $$;
CREATE TRIGGER counted_partnership_changes BEFORE UPDATE ON profiles_profile
    FOR EACH ROW WHEN (OLD.partnership_id IS DISTINCT FROM NEW.partnership_id)
    EXECUTE FUNCTION reports_partnership_changes();
CREATE FUNCTION reports_country_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM reports_count_live('visit', v.id) FROM exchanges_visit v
        JOIN profiles_profile host ON host.id = v.host_profile_id
        WHERE host.organisation_id = OLD.id ORDER BY v.id;
    RETURN NEW;
END $$;
CREATE TRIGGER counted_country_changes BEFORE UPDATE ON profiles_organisation
    FOR EACH ROW WHEN (OLD.country_id IS DISTINCT FROM NEW.country_id)
    EXECUTE FUNCTION reports_country_changes();

-- What there is already is counted live until a job stores it.
INSERT INTO reports_countedlive (thing, thing_id)
    SELECT 'visit', id FROM exchanges_visit UNION ALL SELECT 'match', id FROM matching_match
    UNION ALL SELECT 'profile', id FROM profiles_profile;
"""
LIVE_BACK = """
DROP TRIGGER counted_country_changes ON profiles_organisation;
DROP TRIGGER counted_partnership_changes ON profiles_profile;
DROP TRIGGER counted_profile_goes ON profiles_profile;
DROP TRIGGER counted_profile_changes ON profiles_profile;
DROP TRIGGER counted_profiles_come ON profiles_profile;
DROP TRIGGER counted_match_goes ON matching_match;
DROP TRIGGER counted_match_changes ON matching_match;
DROP TRIGGER counted_matches_come ON matching_match;
DROP TRIGGER counted_payment_goes ON exchanges_payment;
DROP TRIGGER counted_payment_changes ON exchanges_payment;
DROP TRIGGER counted_payment_comes ON exchanges_payment;
DROP TRIGGER counted_exchange_changes ON exchanges_exchange;
DROP TRIGGER counted_exchange_comes_or_goes ON exchanges_exchange;
DROP FUNCTION reports_country_changes, reports_partnership_changes, reports_things_come, reports_thing_changes,
    reports_payment_changes, reports_exchange_changes, reports_count_live;
TRUNCATE reports_countedlive, reports_storedcount;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_initial"),
        ("exchanges", "0017_objections"),
        ("matching", "0004_saved_searches_as_views"),
        ("profiles", "0010_factor_reset_moments"),
    ]

    operations = [migrations.RunSQL(COUNTS, COUNTS_BACK), migrations.RunSQL(LIVE, LIVE_BACK)]
