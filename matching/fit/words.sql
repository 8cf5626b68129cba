-- The words of each profile's texts as bits of one vocabulary, their weight, and the weight of the topics it seeks.
-- %(ids)s: these profiles, all when NULL.  %(vocabulary)s: of this vocabulary, of all when NULL.
SELECT
    p.id AS profile_id,
    vocabulary.id AS vocabulary_id,
    found.words,
    (
        bit_count(found.words)
        + bit_count(found.words & vocabulary.rare_words)
        + bit_count(found.words & vocabulary.rarest_words)
    )::integer AS weight,
    (
        bit_count(sought.topics)
        + bit_count(sought.topics & vocabulary.rare_topics)
        + bit_count(sought.topics & vocabulary.rarest_topics)
    )::integer AS seeks_weight
FROM profiles_profile p
CROSS JOIN matching_vocabulary vocabulary
CROSS JOIN LATERAL (
    SELECT coalesce(bit_or(set_bit(0::bit(8192), known.bit, 1)), 0::bit(8192)) AS words
    FROM unnest(tsvector_to_array(to_tsvector(
        'matching_words', concat_ws(' ', p.title, p.motivation, p.description)
    ))) AS said (word)
    -- One look into the index for each word said, however many words there are.
    CROSS JOIN LATERAL (
        SELECT word.bit FROM matching_vocabularyword word
        WHERE word.vocabulary_id = vocabulary.id AND word.word = said.word
        LIMIT 1
    ) known
) found
CROSS JOIN LATERAL (
    SELECT coalesce(bit_or(set_bit(0::bit(256), topic.bit, 1)), 0::bit(256)) AS topics
    FROM profiles_profile_seeks link JOIN profiles_topic topic ON topic.code = link.topic_id
    WHERE link.profile_id = p.id
) sought
WHERE
    p.state = 'published'
    AND (%(ids)s::bigint[] IS NULL OR p.id = ANY (%(ids)s::bigint[]))
    AND (%(vocabulary)s::bigint IS NULL OR vocabulary.id = %(vocabulary)s)
