"""The kinds and sides that the ways speak of."""

from cxc.access.scoped import Side

VO, HO, VOP, HOP, LEAD, SO = Side.VO, Side.HO, Side.VOP, Side.HOP, Side.LEAD, Side.SO

EXCHANGE, VISIT, WAITING = "exchanges.exchange", "exchanges.visit", "exchanges.waitinglistentry"
SHARED, OWN, AGREEMENT = "exchanges.sharedpart", "exchanges.ownpart", "exchanges.financialagreement"
EVIDENCE, REPORT, PAYMENT = "exchanges.evidence", "exchanges.finalactivityreport", "exchanges.payment"
ENTRY = "exchanges.recordedsubmission"
