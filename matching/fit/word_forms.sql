-- The form in which each word is written most often in the texts of published profiles, by its stem.
SELECT DISTINCT ON (stem) stem, said.form
FROM (
    SELECT lower(parsed.token) AS form, count(*) AS number
    FROM profiles_profile p
    CROSS JOIN LATERAL ts_parse('default', concat_ws(' ', p.title, p.motivation, p.description)) parsed
    -- Words and parts of hyphenated words; no addresses, no numbers.
    WHERE p.state = 'published' AND parsed.tokid IN (1, 2, 3, 9, 10, 11)
    GROUP BY lower(parsed.token)
) said
CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('matching_words', said.form))) stem
ORDER BY stem, said.number DESC, length(said.form), said.form
