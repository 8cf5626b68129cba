"""Names are composed and told apart by their folded keys; clusters that the register had twice become one."""

from django.db import migrations

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


COMPOSE = "".join(
    f"""UPDATE {table} SET "{column}" = normalize("{column}", NFC) WHERE "{column}" IS NOT NFC NORMALIZED;\n"""
    for table, columns in COMPOSED.items()
    for column in columns
)

# The entry that came first stands for the others; whoever named one of these names it.
ONE_ENTRY = """
CREATE TEMPORARY TABLE twice ON COMMIT DROP AS
    SELECT id, min(id) OVER (PARTITION BY cxc_folded(name), country_id) AS first FROM profiles_clusterorganisation;
DELETE FROM twice WHERE id = first;
UPDATE profiles_clusterorganisation entry SET is_registered = true
    FROM twice JOIN profiles_clusterorganisation other ON other.id = twice.id
    WHERE entry.id = twice.first AND other.is_registered;
UPDATE profiles_organisation organisation SET cluster_id = twice.first
    FROM twice WHERE organisation.cluster_id = twice.id;
INSERT INTO profiles_partnership_clusters (partnership_id, clusterorganisation_id)
    SELECT DISTINCT link.partnership_id, twice.first
    FROM profiles_partnership_clusters link JOIN twice ON link.clusterorganisation_id = twice.id
    ON CONFLICT DO NOTHING;
DELETE FROM profiles_partnership_clusters link USING twice WHERE link.clusterorganisation_id = twice.id;
DELETE FROM profiles_clusterorganisation entry USING twice WHERE entry.id = twice.id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0009_folded_key"), ("profiles", "0011_one_organisation_a_name")]

    operations = [
        migrations.RemoveConstraint(model_name="clusterorganisation", name="one_entry_a_cluster"),
        migrations.RunSQL(COMPOSE + ONE_ENTRY, migrations.RunSQL.noop),
        migrations.RunSQL(_triggers(), _back()),
    ]
