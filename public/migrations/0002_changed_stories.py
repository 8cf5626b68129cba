"""A success story whose words change needs a new approval."""

from django.db import migrations

TRIGGER = """
CREATE FUNCTION cxc_refuse_old_approval_of_story() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a success story that changes needs a new approval';
END $$;
CREATE TRIGGER story_is_approved_as_it_is BEFORE UPDATE ON public_successstory FOR EACH ROW
    WHEN (NEW.is_approved AND NEW.approved_at = OLD.approved_at
        AND (NEW.title, NEW.text, NEW.country_id, NEW.sector_id)
        IS DISTINCT FROM (OLD.title, OLD.text, OLD.country_id, OLD.sector_id))
    EXECUTE FUNCTION cxc_refuse_old_approval_of_story();
"""
TRIGGER_BACK = """
DROP TRIGGER story_is_approved_as_it_is ON public_successstory;
DROP FUNCTION cxc_refuse_old_approval_of_story();
"""


class Migration(migrations.Migration):
    dependencies = [("public", "0001_success_stories")]

    operations = [migrations.RunSQL(TRIGGER, TRIGGER_BACK)]
