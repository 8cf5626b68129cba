"""An exchange may change its visit: to another of the same host profile and modality, when its visit moves in part."""

from django.db import migrations

FREE = """
DROP TRIGGER exchange_fixed_columns ON exchanges_exchange;
CREATE TRIGGER exchange_fixed_columns BEFORE UPDATE ON exchanges_exchange
    FOR EACH ROW EXECUTE FUNCTION cxc_refuse_edit_of('match_id', 'organisation_id', 'generation_id', 'modality');
CREATE TRIGGER exchange_copies_on_other_visit BEFORE UPDATE ON exchanges_exchange
    FOR EACH ROW WHEN (OLD.visit_id IS DISTINCT FROM NEW.visit_id) EXECUTE FUNCTION cxc_exchange_copies();
"""
FIXED = """
DROP TRIGGER exchange_copies_on_other_visit ON exchanges_exchange;
DROP TRIGGER exchange_fixed_columns ON exchanges_exchange;
CREATE TRIGGER exchange_fixed_columns BEFORE UPDATE ON exchanges_exchange
    FOR EACH ROW EXECUTE FUNCTION cxc_refuse_edit_of(
        'visit_id', 'match_id', 'organisation_id', 'generation_id', 'modality');
"""


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0006_visit_moves")]

    operations = [migrations.RunSQL(FREE, FIXED)]
