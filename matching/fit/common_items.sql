-- What one profile has in common with some others, as bit strings, and the words of both. %(mine)s: the one.  %(others)s: the others.
-- %(today)s: the date in UTC; the days in common are those still to come.
SELECT
    o.profile_id,
    substring(bit_send(m.seeks & o.offers) FROM 5) AS topics,
    substring(bit_send(m.offers & o.seeks) FROM 5) AS topics_there,
    substring(bit_send(m.wish & o.own_sectors) FROM 5) AS sectors,
    substring(bit_send(o.wish & m.own_sectors) FROM 5) AS sectors_there,
    substring(bit_send(m.types & o.types) FROM 5) AS types,
    substring(bit_send(m.languages & o.languages) FROM 5) AS languages,
    m.words,
    text.words AS words_there,
    greatest(m.first, o.first, %(today)s::date) AS first,
    least(m.last, o.last) AS last,
    m.country,
    o.country AS country_there
FROM (
    SELECT
        row.*, text.words, vocabulary.id AS vocabulary_id,
        CASE WHEN row.wanted_sectors = 0::bit(128) THEN row.own_sectors ELSE row.wanted_sectors END AS wish
    FROM matching_rankingrow row
    JOIN matching_vocabulary vocabulary ON vocabulary.is_current
    JOIN matching_rankingtext text ON text.profile_id = row.profile_id AND text.vocabulary_id = vocabulary.id
    WHERE row.profile_id = %(mine)s
) m
CROSS JOIN (
    SELECT
        row.*, CASE WHEN row.wanted_sectors = 0::bit(128) THEN row.own_sectors ELSE row.wanted_sectors END AS wish
    FROM matching_rankingrow row
    WHERE row.profile_id = ANY (%(others)s)
) o
JOIN matching_rankingtext text ON text.profile_id = o.profile_id AND text.vocabulary_id = m.vocabulary_id
