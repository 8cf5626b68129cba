"""Addresses of ground."""

from django.urls import path

from cxc.ground import kept_views
from cxc.ground.todo_view import todo

urlpatterns = [
    path("todo/", todo, name="todo"),
    path("kept/", kept_views.keep, name="keep"),
    path("kept/discard/", kept_views.discard, name="kept-discard"),
]
