"""Indexes for the order of lists, and whose a payment is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Whatever is written into the copy, it is what the exchange says.
# 0 is nobody: a copy that is set to it differs, so that it is copied anew.
COPIES = """
CREATE FUNCTION cxc_payment_list_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT x.visitor_partnership_id INTO NEW.visitor_partnership_id
        FROM exchanges_exchange x WHERE x.id = NEW.exchange_id FOR KEY SHARE;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_list_keys BEFORE INSERT ON exchanges_payment
    FOR EACH ROW EXECUTE FUNCTION cxc_payment_list_keys();
-- An ordinary change asks for no lock on another row: whoever locks these in the usual order would wait for it.
CREATE TRIGGER payment_list_keys_kept BEFORE UPDATE ON exchanges_payment FOR EACH ROW
    WHEN ((OLD.exchange_id, OLD.visitor_partnership_id)
        IS DISTINCT FROM (NEW.exchange_id, NEW.visitor_partnership_id))
    EXECUTE FUNCTION cxc_payment_list_keys();
CREATE FUNCTION cxc_payment_list_keys_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE exchanges_payment SET visitor_partnership_id = 0 WHERE exchange_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER payment_list_keys_follow AFTER UPDATE ON exchanges_exchange
    FOR EACH ROW WHEN (OLD.visitor_partnership_id IS DISTINCT FROM NEW.visitor_partnership_id)
    EXECUTE FUNCTION cxc_payment_list_keys_follow();
"""
COPIES_BACK = """
DROP TRIGGER payment_list_keys_follow ON exchanges_exchange;
DROP TRIGGER payment_list_keys_kept ON exchanges_payment;
DROP TRIGGER payment_list_keys ON exchanges_payment;
DROP FUNCTION cxc_payment_list_keys_follow(), cxc_payment_list_keys();
"""
# Payments have a deferred trigger, which an update would leave waiting: so without it.
FILL = """
ALTER TABLE exchanges_payment DISABLE TRIGGER USER;
UPDATE exchanges_payment p SET visitor_partnership_id = x.visitor_partnership_id
    FROM exchanges_exchange x WHERE x.id = p.exchange_id;
ALTER TABLE exchanges_payment ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchanges", "0018_list_keys"),
        ("profiles", "0011_list_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="visitor_partnership",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="profiles.partnership",
            ),
        ),
        migrations.AddIndex(
            model_name="financialagreement",
            index=models.Index(condition=models.Q(("state", "ready")), fields=["ready_at"], name="agreement_ready"),
        ),
        migrations.AddIndex(
            model_name="ownpart",
            index=models.Index(condition=models.Q(("state", "ready")), fields=["ready_at"], name="own_part_ready"),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["state", "due_on", "id"], name="payment_in_order"),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["visitor_partnership", "state", "due_on", "id"], name="payment_of_vop"),
        ),
        migrations.AddIndex(
            model_name="sharedpart",
            index=models.Index(condition=models.Q(("state", "ready")), fields=["ready_at"], name="shared_part_ready"),
        ),
        migrations.RunSQL(COPIES, COPIES_BACK),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
