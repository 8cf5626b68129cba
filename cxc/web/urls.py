"""Addresses of the to-do page, form drafts and components."""

from django.urls import path

from cxc.todo.views import todo
from cxc.web import components
from cxc.web.form_drafts import views

urlpatterns = [
    path("todo/", todo, name="todo"),
    path("kept/", views.keep, name="keep"),
    path("kept/discard/", views.discard, name="kept-discard"),
    path("components/", components.components, name="components"),
    path("components/confirm/", components.confirm, name="components-confirm"),
]
