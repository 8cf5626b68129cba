"""Addresses of the to-do page, bulk actions, search, form drafts and components."""

from django.urls import path

from cxc.todo.views import remind, todo
from cxc.web import components
from cxc.web.form_drafts import views
from cxc.web.saved_views import views as saved_views
from cxc.web.views import bulk, confirmed, history, messages, search

urlpatterns = [
    path("todo/", todo, name="todo"),
    path("todo/<str:kind>/<int:pk>/<str:code>/remind/", remind, name="remind"),
    path("bulk/<int:pk>/", bulk.run, name="bulk_run"),
    path("bulk/<int:pk>/values/", bulk.write_values, name="bulk_values"),
    path("bulk/<int:pk>/confirm/", bulk.confirm, name="bulk_confirm"),
    path("bulk/<int:pk>/discard/", bulk.discard, name="bulk_discard"),
    path("confirmed/", confirmed.confirmed, name="confirmed"),
    path("search/", search.page, name="site_search"),
    path("search/options/", search.options, name="site_search_options"),
    path("messages/<str:kind>/<int:pk>/", messages.messages_about, name="messages_about"),
    path("history/<str:kind>/<int:pk>/", history.history, name="history"),
    path("form-drafts/", views.save, name="save_form_draft"),
    path("form-drafts/discard/", views.discard, name="discard_form_draft"),
    path("saved-views/<int:pk>/", saved_views.change, name="saved_view"),
    path("saved-views/<slug:list_name>/", saved_views.views_of_list, name="saved_views"),
    path("components/", components.components, name="components"),
    path("components/confirm/", components.confirm, name="components-confirm"),
]
