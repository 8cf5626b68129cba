-- One profile (`m`) beside every published one of the other kind in its generation (`pair`).
-- %(mine)s: the profile that looks.  %(today)s: the date in UTC. Days before it count for nobody: `begins` is the
-- first day of a period that is still to come.
WITH mine AS MATERIALIZED (
    SELECT
        row.*,
        greatest(row.first, %(today)s::date) AS begins,
        text.ones, text.twos, text.fours, text.eights, text.square AS text_square, text.seeks_weight,
        CASE WHEN row.wanted_sectors = 0::bit(128) THEN row.own_sectors ELSE row.wanted_sectors END AS wish,
        vocabulary.id AS vocabulary_id, vocabulary.text_scale,
        vocabulary.rare_topics, vocabulary.rarest_topics,
        row.seeks & vocabulary.rare_topics AS rare_seeks, row.seeks & vocabulary.rarest_topics AS rarest_seeks,
        row.offers & vocabulary.rare_topics AS rare_offers, row.offers & vocabulary.rarest_topics AS rarest_offers
    FROM matching_rankingrow row
    JOIN matching_vocabulary vocabulary ON vocabulary.is_current
    JOIN matching_rankingtext text ON text.profile_id = row.profile_id AND text.vocabulary_id = vocabulary.id
    WHERE row.profile_id = %(mine)s AND row.listed
),
open_pair AS MATERIALIZED (
    SELECT
        CASE WHEN match.visiting_profile_id = %(mine)s THEN match.host_profile_id ELSE match.visiting_profile_id END
            AS profile_id,
        bool_or(match.modality = 'physical') AS physical,
        bool_or(match.modality = 'virtual') AS virtual
    FROM matching_match match
    WHERE %(mine)s IN (match.visiting_profile_id, match.host_profile_id) AND match.state IN ('proposed', 'confirmed')
    GROUP BY 1
),
hidden AS MATERIALIZED (
    SELECT other_id AS profile_id FROM matching_hiddenprofile WHERE profile_id = %(mine)s
),
pair AS (
    SELECT
        o.*,
        greatest(o.first, %(today)s::date) AS begins,
        m.physical AND o.physical AND NOT m.used_up AND NOT o.used_up AND NOT coalesce(met.physical, false)
            AS can_physical,
        m.virtual AND o.virtual AND NOT coalesce(met.virtual, false) AS can_virtual,
        CASE WHEN o.wanted_sectors = 0::bit(128) THEN o.own_sectors ELSE o.wanted_sectors END AS wish
    FROM mine m
    JOIN matching_rankingrow o ON o.generation_id = m.generation_id AND o.visiting <> m.visiting AND o.listed
    LEFT JOIN open_pair met ON met.profile_id = o.profile_id
)
