"""A day without its year, cut short: Django's own says “22 décembre”, too long for a table."""

MONTH_DAY_FORMAT = "j N"
