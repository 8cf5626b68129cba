-- The texts of published profiles, beside each vocabulary, and the weight that the topics they seek have in it.
-- %(ids)s: these profiles.  %(vocabulary)s: this vocabulary only, all when NULL.
SELECT
    p.id AS profile_id,
    vocabulary.id AS vocabulary_id,
    (
        bit_count(sought.topics)
        + bit_count(sought.topics & vocabulary.rare_topics)
        + bit_count(sought.topics & vocabulary.rarest_topics)
    )::integer AS seeks_weight,
    {text_fields}
FROM profiles_profile p
CROSS JOIN matching_vocabulary vocabulary
CROSS JOIN LATERAL (
    SELECT coalesce(bit_or(set_bit(0::bit(256), topic.bit, 1)), 0::bit(256)) AS topics
    FROM profiles_profile_seeks link JOIN profiles_topic topic ON topic.code = link.topic_id
    WHERE link.profile_id = p.id
) sought
WHERE
    p.state = 'published'
    AND p.id = ANY (%(ids)s::bigint[])
    AND (%(vocabulary)s::bigint IS NULL OR vocabulary.id = %(vocabulary)s)
ORDER BY p.id, vocabulary.id
