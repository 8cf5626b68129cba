"""A signature is added, never changed or removed: the database's own guard."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0005_version_of_substance")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION cxc_refuse_change_of_signature() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'signatures are only added, never changed or removed';
            END $$;
            CREATE TRIGGER signatures_only_added BEFORE UPDATE OR DELETE ON exchanges_signature
                FOR EACH ROW EXECUTE FUNCTION cxc_refuse_change_of_signature();
            """,
            """
            DROP TRIGGER signatures_only_added ON exchanges_signature;
            DROP FUNCTION cxc_refuse_change_of_signature();
            """,
        )
    ]
