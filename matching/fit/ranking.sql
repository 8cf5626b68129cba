-- Everybody who may be shown to one profile, the best first: the truth of the ranking. It goes on from pairs.sql.
-- %(moment)s: now, aware.  %(today)s: the date in UTC.  %(weights)s: what the criteria count, in their order.
-- %(only)s: among these profiles, all when NULL.
-- The formula stands in criteria.py, the conditions in conditions.py; the operations come in the same order.
, counted AS MATERIALIZED (
    SELECT
        o.profile_id, o.can_physical, o.can_virtual, m.text_scale, m.cross_sector, o.cross_sector AS cross_sector_there,
        m.topics_factor, o.topics_factor AS topics_factor_there,
        m.sectors_factor, o.sectors_factor AS sectors_factor_there,
        m.types_factor, o.types_factor AS types_factor_there,
        m.languages_factor, o.languages_factor AS languages_factor_there,
        m.countries_factor, o.countries_factor AS countries_factor_there,
        m.period_factor, o.period_factor AS period_factor_there,
        m.text_factor, o.text_factor AS text_factor_there,
        m.seeks_weight AS topics_asked,
        bit_count(m.seeks & o.offers) + bit_count(m.rare_seeks & o.offers) + bit_count(m.rarest_seeks & o.offers)
            AS topics_met,
        text.seeks_weight AS topics_asked_there,
        bit_count(m.offers & o.seeks) + bit_count(m.rare_offers & o.seeks) + bit_count(m.rarest_offers & o.seeks)
            AS topics_met_there,
        bit_count(m.wish) AS sectors_asked,
        bit_count(m.wish & o.own_sectors) AS sectors_same,
        bit_count(m.wish & o.near_sectors) AS sectors_near,
        bit_count(o.wish) AS sectors_asked_there,
        bit_count(o.wish & m.own_sectors) AS sectors_same_there,
        bit_count(o.wish & m.near_sectors) AS sectors_near_there,
        bit_count(m.types) AS types,
        bit_count(o.types) AS types_there,
        bit_count(m.types & o.types) AS types_common,
        bit_count(m.languages) AS languages,
        bit_count(o.languages) AS languages_there,
        bit_count(m.languages & o.languages) AS languages_common,
        m.countries <> 0::bit(64) AS country_asked,
        get_bit(m.countries, o.country) = 1 AS country_met,
        o.countries <> 0::bit(64) AS country_asked_there,
        get_bit(o.countries, m.country) = 1 AS country_met_there,
        m.last - m.begins + 1 AS days,
        o.last - o.begins + 1 AS days_there,
        least(m.last, o.last) - greatest(m.begins, o.begins) + 1 AS days_common,
        m.text_square,
        text.square AS text_square_there,
        -- The product of two vectors whose numbers are given by their bits: ones, twos, fours, and eights, which count -8.
        (
            bit_count(m.ones & text.ones)
            + 2 * (bit_count(m.ones & text.twos) + bit_count(m.twos & text.ones))
            + 4 * (bit_count(m.twos & text.twos) + bit_count(m.ones & text.fours)
                + bit_count(m.fours & text.ones))
            + 8 * (bit_count(m.twos & text.fours) + bit_count(m.fours & text.twos))
            + 16 * bit_count(m.fours & text.fours)
            + 64 * bit_count(m.eights & text.eights)
            - 8 * (bit_count(m.ones & text.eights) + bit_count(m.eights & text.ones))
            - 16 * (bit_count(m.twos & text.eights) + bit_count(m.eights & text.twos))
            - 32 * (bit_count(m.fours & text.eights) + bit_count(m.eights & text.fours))
        )::integer AS text_product
    FROM mine m
    CROSS JOIN pair o
    JOIN matching_rankingtext text ON text.profile_id = o.profile_id AND text.vocabulary_id = m.vocabulary_id
    WHERE {conditions}
        AND (%(only)s::bigint[] IS NULL OR o.profile_id = ANY (%(only)s::bigint[]))
),
part AS (
    SELECT
        c.*,
        c.topics_met / nullif(c.topics_asked, 0)::float8 AS topics,
        c.topics_met_there / nullif(c.topics_asked_there, 0)::float8 AS topics_back,
        (
            4 * c.sectors_same + 2 * (c.sectors_near - c.sectors_same)
            + CASE WHEN c.cross_sector THEN c.sectors_asked - c.sectors_near ELSE 0 END
        ) / nullif(4 * c.sectors_asked, 0)::float8 AS sectors_here,
        (
            4 * c.sectors_same_there + 2 * (c.sectors_near_there - c.sectors_same_there)
            + CASE WHEN c.cross_sector_there THEN c.sectors_asked_there - c.sectors_near_there ELSE 0 END
        ) / nullif(4 * c.sectors_asked_there, 0)::float8 AS sectors_back,
        c.types_common / nullif(least(c.types, c.types_there), 0)::float8 AS types_part,
        CASE WHEN c.languages > 0 AND c.languages_there > 0 THEN (c.languages_common > 0)::integer::float8 END
            AS languages_part,
        CASE WHEN c.country_asked THEN c.country_met::integer::float8 END AS country,
        CASE WHEN c.country_asked_there THEN c.country_met_there::integer::float8 END AS country_back,
        c.days_common / c.days::float8 AS period,
        c.days_common / c.days_there::float8 AS period_back,
        CASE WHEN c.text_square > 0 AND c.text_square_there > 0 THEN least(
            1.0::float8,
            greatest(0, c.text_product) / sqrt((c.text_square * c.text_square_there)::float8) / c.text_scale
        ) END AS text
    FROM counted c
),
weighed AS (
    SELECT
        p.*,
        (%(weights)s)[1] * p.topics_factor * (p.topics IS NOT NULL)::integer AS w1,
        (%(weights)s)[2] * p.sectors_factor * (p.sectors_here IS NOT NULL)::integer AS w2,
        (%(weights)s)[3] * p.types_factor * (p.types_part IS NOT NULL)::integer AS w3,
        (%(weights)s)[4] * p.languages_factor * (p.languages_part IS NOT NULL)::integer AS w4,
        (%(weights)s)[5] * p.countries_factor * (p.country IS NOT NULL)::integer AS w5,
        (%(weights)s)[6] * p.period_factor AS w6,
        (%(weights)s)[7] * p.text_factor * (p.text IS NOT NULL)::integer AS w7,
        (%(weights)s)[1] * p.topics_factor_there * (p.topics_back IS NOT NULL)::integer AS v1,
        (%(weights)s)[2] * p.sectors_factor_there * (p.sectors_back IS NOT NULL)::integer AS v2,
        (%(weights)s)[3] * p.types_factor_there * (p.types_part IS NOT NULL)::integer AS v3,
        (%(weights)s)[4] * p.languages_factor_there * (p.languages_part IS NOT NULL)::integer AS v4,
        (%(weights)s)[5] * p.countries_factor_there * (p.country_back IS NOT NULL)::integer AS v5,
        (%(weights)s)[6] * p.period_factor_there AS v6,
        (%(weights)s)[7] * p.text_factor_there * (p.text IS NOT NULL)::integer AS v7
    FROM part p
),
both_ways AS (
    SELECT
        w.*,
        (
            w1 * coalesce(topics, 0) + w2 * coalesce(sectors_here, 0) + w3 * coalesce(types_part, 0)
            + w4 * coalesce(languages_part, 0) + w5 * coalesce(country, 0) + w6 * period + w7 * coalesce(text, 0)
        ) / nullif(w1 + w2 + w3 + w4 + w5 + w6 + w7, 0) AS own,
        (
            v1 * coalesce(topics_back, 0) + v2 * coalesce(sectors_back, 0) + v3 * coalesce(types_part, 0)
            + v4 * coalesce(languages_part, 0) + v5 * coalesce(country_back, 0) + v6 * period_back
            + v7 * coalesce(text, 0)
        ) / nullif(v1 + v2 + v3 + v4 + v5 + v6 + v7, 0) AS theirs
    FROM weighed w
)
SELECT
    profile_id,
    CASE
        WHEN own IS NULL OR theirs IS NULL THEN coalesce(own, theirs, 0)
        WHEN own + theirs > 0 THEN 2 * own * theirs / (own + theirs)
        ELSE 0
    END AS score,
    own, theirs, can_physical, can_virtual, text_scale,
    topics_asked, topics_met, sectors_asked, sectors_same, sectors_near, cross_sector, types, languages,
    country_asked, country_met, days, text_square, topics_factor, sectors_factor, types_factor, languages_factor,
    countries_factor, period_factor, text_factor,
    topics_asked_there, topics_met_there, sectors_asked_there, sectors_same_there, sectors_near_there,
    cross_sector_there, types_there, languages_there, country_asked_there, country_met_there, days_there,
    text_square_there, topics_factor_there, sectors_factor_there, types_factor_there, languages_factor_there,
    countries_factor_there, period_factor_there, text_factor_there,
    types_common, languages_common, days_common, text_product
FROM both_ways
ORDER BY score DESC, profile_id
LIMIT %(limit)s OFFSET %(offset)s
