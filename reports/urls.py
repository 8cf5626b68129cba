"""Addresses of reports."""

from django.urls import path

from reports import views
from reports.dashboard.views import dashboard

urlpatterns = [
    path("dashboard/", dashboard, name="dashboard"),
    path("statistics/", views.statistics_page, name="statistics"),
    path("statistics.json", views.statistics_json, name="statistics_json"),
]
