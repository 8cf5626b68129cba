"""Addresses of reports."""

from django.urls import path

from reports import views

urlpatterns = [
    path("statistics/", views.statistics_page, name="statistics"),
    path("statistics.json", views.statistics_json, name="statistics_json"),
    path("statistics.csv", views.statistics_csv, name="statistics_csv"),
    path("statistics.xlsx", views.statistics_xlsx, name="statistics_xlsx"),
    path("statistics.pdf", views.statistics_pdf, name="statistics_pdf"),
    path("statistics/<slug:key>.csv", views.statistics_table, name="statistics_table"),
]
