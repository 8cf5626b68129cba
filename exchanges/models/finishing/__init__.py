"""What follows an exchange: evidence, Final Activity Report, payment, feedback."""

# In the order in which a reader meets them: the lifecycles page keeps it.
# isort: off
from exchanges.models.finishing.evidence import Evidence
from exchanges.models.finishing.report import FinalActivityReport
from exchanges.models.finishing.payment import Payment
from exchanges.models.finishing.instalment import Instalment
from exchanges.models.finishing.feedback import Feedback
# isort: on

__all__ = ["Evidence", "Feedback", "FinalActivityReport", "Instalment", "Payment"]
