"""The index of search documents: one statement says what they must be, so that they can be compared with it."""

from collections.abc import Sequence

from django.db import connection

# At most this many letters of each text: a document must stay well under PostgreSQL's limit of one megabyte.
MAX_TEXT_LENGTH = 20_000

_LINKED = "(SELECT string_agg(named.{name}, ' ') FROM profiles_profile_{links} link" + (
    " JOIN profiles_{table} named ON named.code = link.{table}_id WHERE link.profile_id = profile.id)"
)

# Names under which many still look for a country.
_FORMER_NAME = "CASE country.code WHEN 'CZ' THEN 'Czech Republic' WHEN 'TR' THEN 'Turkey' END"

# What the documents of these profiles should be now. A profile's texts, and what one says of its organisation.
_EXPECTED = f"""
    SELECT profile.id AS profile_id,
        cxc_folded(concat_ws(' ', organisation.legal_name, organisation.city)) AS names,
        cxc_folded(concat_ws(' ',
            organisation.legal_name, organisation.city, country.name, {_FORMER_NAME}, cluster.name,
            profile.title,
            {_LINKED.format(name="title", links="own_sectors", table="sector")},
            {_LINKED.format(name="title", links="wanted_sectors", table="sector")},
            {_LINKED.format(name="name", links="offers", table="topic")},
            {_LINKED.format(name="name", links="seeks", table="topic")},
            left(organisation.mission, {MAX_TEXT_LENGTH}),
            left(profile.motivation, {MAX_TEXT_LENGTH}),
            left(profile.description, {MAX_TEXT_LENGTH})
        )) AS words
    FROM profiles_profile profile
    JOIN profiles_organisation organisation ON organisation.id = profile.organisation_id
    JOIN profiles_country country ON country.code = organisation.country_id
    LEFT JOIN profiles_clusterorganisation cluster ON cluster.id = organisation.cluster_id
    WHERE profile.state = 'published' AND (%(all)s OR profile.id = ANY(%(ids)s))
"""

_REMOVE = """
    DELETE FROM matching_searchdocument kept USING profiles_profile profile
    WHERE profile.id = kept.profile_id AND profile.state <> 'published' AND (%(all)s OR profile.id = ANY(%(ids)s))
"""

# Stemming takes milliseconds, so only what says something else than before is stemmed.
_WRITE = f"""
    INSERT INTO matching_searchdocument AS kept (profile_id, names, document, digest)
    SELECT now.profile_id, now.names, cxc_stems(now.words), md5(now.words)
    FROM ({_EXPECTED}) now LEFT JOIN matching_searchdocument before USING (profile_id)
    WHERE (before.names, before.digest) IS DISTINCT FROM (now.names, md5(now.words))
    ON CONFLICT (profile_id) DO UPDATE
    SET names = excluded.names, document = excluded.document, digest = excluded.digest
"""

_DIFFERING = f"""
    SELECT coalesce(kept.profile_id, now.profile_id)
    FROM matching_searchdocument kept FULL JOIN ({_EXPECTED}) now USING (profile_id)
    WHERE (kept.names, kept.digest, kept.document)
        IS DISTINCT FROM (now.names, md5(now.words), cxc_stems(now.words))
"""


def refresh(profile_ids: Sequence[int]) -> None:
    """Make, change or remove the documents of these profiles."""
    _run(list(profile_ids), everything=False)


def rebuild() -> None:
    """The same for every profile, from nothing."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM matching_searchdocument")
    _run([], everything=True)


def differing() -> set[int]:
    """Profiles whose document is not what it should be, is missing or too many."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERING, {"all": True, "ids": []})
        return {row[0] for row in cursor.fetchall()}


def _run(ids: list[int], *, everything: bool) -> None:
    with connection.cursor() as cursor:
        for statement in (_REMOVE, _WRITE):
            cursor.execute(statement, {"all": everything, "ids": ids})
