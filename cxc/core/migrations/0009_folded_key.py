"""The folded key of a text as a function of the database, and names composed (NFC) however they come in."""

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
BACK = "DROP FUNCTION cxc_compose(); DROP FUNCTION cxc_folded(text);"


class Migration(migrations.Migration):
    dependencies = [("core", "0008_private_mails")]

    operations = [migrations.RunSQL(FOLDED, BACK)]
