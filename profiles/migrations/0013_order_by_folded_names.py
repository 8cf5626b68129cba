"""Lists of names stand in the order of their folded keys; a cluster stands in the register once."""

from django.db import migrations, models

from cxc.core.folding import Folded

ORDERS = {
    "clusterorganisation": (["name__folded"], "cluster organisation", "cluster register"),
    "country": (["name__in_language__folded"], "country", "countries"),
    "exchangetype": (["name__in_language__folded"], "exchange type", "exchange types"),
    "organisation": (["legal_name__folded"], "organisation", "organisations"),
    "partnership": (["acronym__folded"], "Partnership", "Partnerships"),
    "topic": (["group__in_language__folded", "name__in_language__folded"], "topic", "topics"),
}


class Migration(migrations.Migration):
    dependencies = [("profiles", "0012_names_by_their_folded_keys")]

    operations = [
        *(
            migrations.AlterModelOptions(
                name=name, options={"ordering": order, "verbose_name": one, "verbose_name_plural": several}
            )
            for name, (order, one, several) in ORDERS.items()
        ),
        migrations.AddIndex(
            model_name="organisation", index=models.Index(Folded("legal_name"), name="organisation_by_name")
        ),
        migrations.RemoveConstraint(model_name="organisation", name="one_organisation_a_name"),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                models.F("country"),
                Folded("legal_name"),
                Folded("city"),
                Folded("registration_number"),
                name="one_organisation_a_name",
                violation_error_message="This organisation is registered already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="clusterorganisation",
            constraint=models.UniqueConstraint(
                Folded("name"),
                models.F("country"),
                name="one_entry_a_cluster",
                violation_error_message="The register has a cluster of this name in this country already.",
            ),
        ),
    ]
