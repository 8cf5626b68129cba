"""Addresses of ground."""

from django.urls import path

from cxc.ground import design, kept_views
from cxc.ground.todo_view import todo

urlpatterns = [
    path("todo/", todo, name="todo"),
    path("kept/", kept_views.keep, name="keep"),
    path("kept/discard/", kept_views.discard, name="kept-discard"),
    path("components/", design.components, name="components"),
    path("components/confirm/", design.confirm, name="components-confirm"),
]
