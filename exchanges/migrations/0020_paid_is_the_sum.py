"""What is paid is the sum of the instalments and never above what is due; paid in full is paid, a rest stays due."""

from decimal import Decimal

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0019_instalments")]

    operations = [
        migrations.RemoveConstraint("payment", "paid_with_date_and_amount"),
        migrations.AlterField(
            "payment",
            "paid_amount",
            models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=8, verbose_name="paid (EUR)"),
        ),
        migrations.RemoveField("payment", "reference"),
        migrations.RunSQL(
            """UPDATE exchanges_payment SET state = 'due'
            WHERE state = 'paid' AND paid_amount < amount""",  # state: paid in part counted as paid; its rest is due
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            "payment",
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, paid_amount=0) | Q(paid_on__isnull=False, paid_amount__gt=0),
                name="paid_with_its_day",
            ),
        ),
        migrations.AddConstraint(
            "payment",
            models.CheckConstraint(
                condition=Q(state="due", paid_amount__lt=F("amount")) | Q(state="paid", paid_amount=F("amount")),
                name="paid_when_in_full",
            ),
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION cxc_paid_is_the_sum_of_instalments() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                touched bigint[];
            BEGIN
                IF TG_TABLE_NAME = 'exchanges_payment' THEN
                    touched := ARRAY[NEW.id];
                ELSIF TG_OP = 'INSERT' THEN
                    touched := ARRAY[NEW.payment_id];
                ELSIF TG_OP = 'DELETE' THEN
                    touched := ARRAY[OLD.payment_id];
                ELSE
                    touched := ARRAY[OLD.payment_id, NEW.payment_id];
                END IF;
                PERFORM 1 FROM exchanges_payment p WHERE p.id = ANY (touched) AND p.paid_amount <>
                    (SELECT COALESCE(sum(i.amount), 0) FROM exchanges_instalment i WHERE i.payment_id = p.id);
                IF FOUND THEN
                    RAISE EXCEPTION 'what is paid is the sum of the instalments'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'paid_is_the_sum_of_instalments';
                END IF;
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER paid_is_the_sum_of_instalments
                AFTER INSERT OR UPDATE OR DELETE ON exchanges_instalment DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION cxc_paid_is_the_sum_of_instalments();
            CREATE CONSTRAINT TRIGGER paid_is_the_sum_of_instalments
                AFTER INSERT OR UPDATE ON exchanges_payment DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION cxc_paid_is_the_sum_of_instalments();
            """,
            """
            DROP TRIGGER paid_is_the_sum_of_instalments ON exchanges_payment;
            DROP TRIGGER paid_is_the_sum_of_instalments ON exchanges_instalment;
            DROP FUNCTION cxc_paid_is_the_sum_of_instalments();
            """,
        ),
    ]
