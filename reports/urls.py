"""Addresses of reports."""

from django.urls import path

from reports.views import dashboard, statistics

urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/funnel/", dashboard.funnel, name="funnel"),
    path("dashboard/late/", dashboard.late, name="late"),
    path("statistics/", statistics.statistics_page, name="statistics"),
    path("statistics.json", statistics.statistics_json, name="statistics_json"),
    path("statistics.csv", statistics.statistics_csv, name="statistics_csv"),
    path("statistics.xlsx", statistics.statistics_xlsx, name="statistics_xlsx"),
    path("statistics.pdf", statistics.statistics_pdf, name="statistics_pdf"),
    path("statistics/<slug:key>.csv", statistics.statistics_table, name="statistics_table"),
]
