-- What one profile has in common with some others, as bit strings. %(mine)s: the one.  %(others)s: the others.
SELECT
    o.profile_id,
    (m.seeks & o.offers)::text AS topics,
    (m.offers & o.seeks)::text AS topics_there,
    (m.wish & o.own_sectors)::text AS sectors,
    (o.wish & m.own_sectors)::text AS sectors_there,
    (m.types & o.types)::text AS types,
    (m.languages & o.languages)::text AS languages,
    (m.words & text.words)::text AS words,
    (m.words & text.words & m.rare_words)::text AS rare_words,
    (m.words & text.words & m.rarest_words)::text AS rarest_words,
    greatest(m.first, o.first) AS first,
    least(m.last, o.last) AS last,
    here.name AS country,
    there.name AS country_there
FROM (
    SELECT
        row.*, text.words, vocabulary.id AS vocabulary_id, vocabulary.rare_words, vocabulary.rarest_words,
        CASE WHEN row.wanted_sectors = 0::bit(128) THEN row.own_sectors ELSE row.wanted_sectors END AS wish
    FROM matching_rankingrow row
    JOIN matching_vocabulary vocabulary ON vocabulary.is_current
    JOIN matching_rankingwords text ON text.profile_id = row.profile_id AND text.vocabulary_id = vocabulary.id
    WHERE row.profile_id = %(mine)s
) m
CROSS JOIN (
    SELECT
        row.*, CASE WHEN row.wanted_sectors = 0::bit(128) THEN row.own_sectors ELSE row.wanted_sectors END AS wish
    FROM matching_rankingrow row
    WHERE row.profile_id = ANY (%(others)s)
) o
JOIN matching_rankingwords text ON text.profile_id = o.profile_id AND text.vocabulary_id = m.vocabulary_id
JOIN profiles_country here ON here.bit = m.country
JOIN profiles_country there ON there.bit = o.country
