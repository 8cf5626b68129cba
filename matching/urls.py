"""Addresses of matching."""

from django.urls import path

from matching.views import best, catalogue, matches, proposing

urlpatterns = [
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<int:pk>/", catalogue.card, name="catalogue-profile"),
    path("catalogue/<int:pk>/propose/", proposing.propose, name="propose"),
    path("best-matches/", best.choose, name="best-matches-choose"),
    path("best-matches/<int:pk>/", best.best, name="best-matches"),
    path("matches/", matches.matches, name="matches"),
    path("matches/<int:pk>/", matches.match, name="match"),
    path("matches/<int:pk>/yes-given-outside/<slug:which>/", matches.given_outside, name="match-given-outside"),
]
