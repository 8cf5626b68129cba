"""Addresses of the to-do page, form drafts and components."""

from django.urls import path

from cxc.todo.views import remind, todo
from cxc.web import components
from cxc.web.form_drafts import views

urlpatterns = [
    path("todo/", todo, name="todo"),
    path("todo/<str:kind>/<int:pk>/<str:code>/remind/", remind, name="remind"),
    path("form-drafts/", views.save, name="save_form_draft"),
    path("form-drafts/discard/", views.discard, name="discard_form_draft"),
    path("components/", components.components, name="components"),
    path("components/confirm/", components.confirm, name="components-confirm"),
]
