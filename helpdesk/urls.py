"""Addresses of questions and answers."""

from django.urls import path

from helpdesk.views import asking, faq, threads, visitors

urlpatterns = [
    path("faq/", faq.page, name="faq"),
    path("help/", asking.ask, name="help"),
    path("help/questions/", threads.listing, name="help-requests"),
    path("help/questions/<int:pk>/", threads.thread, name="help-request"),
    path("help/questions/<int:pk>/files/<int:message>/", threads.file, name="help-file"),
    path("help/mine/<slug:secret>/", visitors.thread, name="help-visitor"),
]
