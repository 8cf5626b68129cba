"""Columns that stay for life, names composed however they come in, and one verified address of each."""

from django.db import migrations

FIXED = """
CREATE TRIGGER profile_fixed_columns BEFORE UPDATE ON profiles_profile
    FOR EACH ROW EXECUTE FUNCTION cxc_refuse_edit_of('organisation_id', 'kind', 'generation_id');
"""
COMPOSED = {
    "profiles_clusterorganisation": ("name", "city"),
    "profiles_organisation": ("legal_name", "city"),
    "profiles_partnership": ("acronym", "full_name"),
    "profiles_user": ("full_name",),
    "profiles_country": ("name",),
    "profiles_exchangetype": ("name",),
    "profiles_generation": ("name",),
    "profiles_sector": ("title", "section_title"),
    "profiles_topic": ("name", "group"),
}


def _triggers() -> str:
    return "".join(
        f"CREATE TRIGGER compose_names BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW"
        f" EXECUTE FUNCTION cxc_compose({', '.join(repr(column) for column in columns)});\n"
        for table, columns in COMPOSED.items()
    )


def _back() -> str:
    return "".join(f"DROP TRIGGER compose_names ON {table};\n" for table in COMPOSED)


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("core", "0001_functions"),
        ("profiles", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(FIXED, "DROP TRIGGER profile_fixed_columns ON profiles_profile;"),
        migrations.RunSQL(_triggers(), _back()),
        migrations.RunSQL(
            "CREATE UNIQUE INDEX one_verified_address ON account_emailaddress (lower(email)) WHERE verified",
            "DROP INDEX one_verified_address",
        ),
    ]
