"""Addresses of ground."""

from django.urls import path

from cxc.ground.todo_view import todo

urlpatterns = [
    path("todo/", todo, name="todo"),
]
