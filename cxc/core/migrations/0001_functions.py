"""Extensions and functions of the database that constraints, indexes and triggers of all apps use."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

from cxc.core.folding import function_body

FOLDED = f"""
CREATE FUNCTION cxc_folded(words text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $${function_body()}$$;
COMMENT ON FUNCTION cxc_folded IS 'What texts are sorted, searched and compared by: small plain letters, digits, blanks.';

CREATE FUNCTION cxc_compose() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    written jsonb := to_jsonb(NEW);
    composed jsonb := '{{}}';
BEGIN
    FOR n IN 0 .. TG_NARGS - 1 LOOP
        composed := composed || jsonb_build_object(TG_ARGV[n], normalize(written ->> TG_ARGV[n], NFC));
    END LOOP;
    RETURN jsonb_populate_record(NEW, composed);
END $$;
COMMENT ON FUNCTION cxc_compose IS 'Writes the columns named as composed characters (NFC), whoever writes them.';
"""

NEVER_EDITED = """
CREATE FUNCTION cxc_refuse_edit_of() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    column_name text;
BEGIN
    FOREACH column_name IN ARRAY TG_ARGV LOOP
        IF to_jsonb(OLD) -> column_name IS DISTINCT FROM to_jsonb(NEW) -> column_name THEN
            RAISE EXCEPTION '% of % is never edited', column_name, TG_TABLE_NAME;
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(FOLDED, "DROP FUNCTION cxc_compose(); DROP FUNCTION cxc_folded(text);"),
        migrations.RunSQL(NEVER_EDITED, "DROP FUNCTION cxc_refuse_edit_of();"),
    ]
