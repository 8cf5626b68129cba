-- What each profile's row of the ranking must say, from the tables it is kept equal to. Published profiles only.
-- %(ids)s: these profiles, all when NULL.  %(used_up)s: profiles whose organisation is used up.
-- %(dormant_after)s: so many dates after that of its holder's last interest a profile is dormant.
SELECT
    p.id AS profile_id,
    true AS listed,
    p.kind = 'visiting' AS visiting,
    p.generation_id::integer AS generation_id,
    p.organisation_id::integer AS organisation_id,
    country.bit AS country,
    country.time_zone AS time_zone,
    EXISTS (
        SELECT FROM profiles_generation_countries part
        WHERE part.generation_id = p.generation_id AND part.country_id = organisation.country_id
    ) AS takes_part,
    p.eligibility_confirmed_at IS NOT NULL AS eligible,
    participation.last_day AS open_until,
    coalesce(
        (interest.shown_at AT TIME ZONE 'UTC')::date + %(dormant_after)s::integer, 'infinity'
    ) AS dormant_from,
    -- Host: the last day on which all its places are held, 'infinity' while nobody knows one.
    (
        SELECT coalesce(match.place_until, 'infinity')
        FROM matching_match match
        WHERE match.host_profile_id = p.id AND match.state = 'confirmed'
        ORDER BY match.place_until DESC NULLS FIRST
        OFFSET p.places - 1 LIMIT 1
    ) AS full_until,
    p.id = ANY (%(used_up)s) AS used_up,
    p.physical,
    p.virtual,
    p.available_from AS first,
    p.available_to AS last,
    coalesce(p.working_days, 1)::smallint AS working_days,
    p.cross_sector,
    (
        SELECT coalesce(bit_or(set_bit(0::bit(16), type.bit, 1)), 0::bit(16))
        FROM profiles_profile_types link JOIN profiles_exchangetype type ON type.code = link.exchangetype_id
        WHERE link.profile_id = p.id
    ) AS types,
    (
        SELECT coalesce(bit_or(set_bit(0::bit(64), language.bit, 1)), 0::bit(64))
        FROM unnest(%(languages)s::text[], %(language_bits)s::integer[]) AS language (code, bit)
        WHERE language.code = ANY (p.languages)
    ) AS languages,
    (
        SELECT coalesce(bit_or(set_bit(0::bit(64), wanted.bit, 1)), 0::bit(64))
        FROM profiles_profile_wanted_countries link JOIN profiles_country wanted ON wanted.code = link.country_id
        WHERE link.profile_id = p.id
    ) AS countries,
    (
        SELECT coalesce(bit_or(set_bit(0::bit(128), sector.bit, 1)), 0::bit(128))
        FROM profiles_profile_own_sectors link JOIN profiles_sector sector ON sector.code = link.sector_id
        WHERE link.profile_id = p.id
    ) AS own_sectors,
    (
        SELECT coalesce(bit_or(set_bit(0::bit(128), neighbour.bit, 1)), 0::bit(128))
        FROM profiles_profile_own_sectors link
        JOIN profiles_sector sector ON sector.code = link.sector_id
        JOIN profiles_sector neighbour ON neighbour.section = sector.section
        WHERE link.profile_id = p.id
    ) AS near_sectors,
    (
        SELECT coalesce(bit_or(set_bit(0::bit(128), sector.bit, 1)), 0::bit(128))
        FROM profiles_profile_wanted_sectors link JOIN profiles_sector sector ON sector.code = link.sector_id
        WHERE link.profile_id = p.id
    ) AS wanted_sectors,
    (
        SELECT coalesce(bit_or(set_bit(0::bit(256), topic.bit, 1)), 0::bit(256))
        FROM profiles_profile_offers link JOIN profiles_topic topic ON topic.code = link.topic_id
        WHERE link.profile_id = p.id
    ) AS offers,
    (
        SELECT coalesce(bit_or(set_bit(0::bit(256), topic.bit, 1)), 0::bit(256))
        FROM profiles_profile_seeks link JOIN profiles_topic topic ON topic.code = link.topic_id
        WHERE link.profile_id = p.id
    ) AS seeks,
    coalesce((%(factors)s::jsonb ->> priorities.topics)::smallint, 1::smallint) AS topics_factor,
    coalesce((%(factors)s::jsonb ->> priorities.sectors)::smallint, 1::smallint) AS sectors_factor,
    coalesce((%(factors)s::jsonb ->> priorities.types)::smallint, 1::smallint) AS types_factor,
    coalesce((%(factors)s::jsonb ->> priorities.languages)::smallint, 1::smallint) AS languages_factor,
    coalesce((%(factors)s::jsonb ->> priorities.countries)::smallint, 1::smallint) AS countries_factor,
    coalesce((%(factors)s::jsonb ->> priorities.period)::smallint, 1::smallint) AS period_factor,
    coalesce((%(factors)s::jsonb ->> priorities.text)::smallint, 1::smallint) AS text_factor,
    (
        1 * coalesce(priorities.topics = 'must', false)::integer
        + 2 * coalesce(priorities.sectors = 'must', false)::integer
        + 4 * coalesce(priorities.types = 'must', false)::integer
        + 8 * coalesce(priorities.languages = 'must', false)::integer
        + 16 * coalesce(priorities.countries = 'must', false)::integer
    )::smallint AS musts
FROM profiles_profile p
JOIN profiles_organisation organisation ON organisation.id = p.organisation_id
JOIN profiles_country country ON country.code = organisation.country_id
JOIN profiles_participation participation
    ON participation.partnership_id = p.partnership_id AND participation.generation_id = p.generation_id
LEFT JOIN profiles_lastinterest interest ON interest.profile_id = p.id
LEFT JOIN matching_priorities priorities ON priorities.profile_id = p.id
WHERE p.state = 'published' AND (%(ids)s::bigint[] IS NULL OR p.id = ANY (%(ids)s::bigint[]))
