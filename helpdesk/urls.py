"""Addresses of questions and answers."""

from django.urls import path

from helpdesk.views import faq, help, questions, visitors

urlpatterns = [
    path("faq/", faq.page, name="faq"),
    path("help/", help.help_page, name="help"),
    path("help/questions/", questions.listing, name="help-requests"),
    path("help/questions/<int:pk>/", questions.question, name="help-request"),
    path("help/questions/<int:pk>/files/<int:message>/", questions.file, name="help-file"),
    path("help/mine/<slug:secret>/", visitors.question, name="help-visitor"),
]
