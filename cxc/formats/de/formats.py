"""A comma between day and time, and a day without its year cut short: Django's own says “22. Dezember”, too long."""

DATETIME_FORMAT = "j. F Y, H:i"
MONTH_DAY_FORMAT = "j. N"
