"""Search documents are made of the same folded key that everything else is compared by."""

from django.db import migrations

BACK = """
CREATE FUNCTION cxc_fold(words text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(lower(unaccent(words)), '[^[:alnum:]]+', ' ', 'g'))
$$;
"""


def make_anew(apps, _editor):
    """The documents of the profiles that are published."""
    if apps.get_model("matching", "SearchDocument").objects.exists():
        from matching.search import index

        index.rebuild()


class Migration(migrations.Migration):
    dependencies = [("matching", "0013_the_side_that_asks"), ("profiles", "0013_order_by_folded_names")]

    operations = [
        migrations.AlterModelOptions(
            name="savedsearch",
            options={
                "ordering": ["name__folded", "id"],
                "verbose_name": "saved search",
                "verbose_name_plural": "saved searches",
            },
        ),
        migrations.RunPython(make_anew, migrations.RunPython.noop),
        migrations.RunSQL("DROP FUNCTION cxc_fold(text)", BACK),
    ]
