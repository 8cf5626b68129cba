"""Addresses of matching."""

from django.urls import path

from matching.views import (
    bench,
    best_matches,
    bookmarks,
    brochures,
    catalogue,
    hidden_profiles,
    matches,
    plan_pairs,
    plans,
    proposals,
    saved_searches,
)

urlpatterns = [
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<int:pk>/", catalogue.catalogue_profile, name="catalogue-profile"),
    path("catalogue/<int:pk>/file/", brochures.brochure, name="catalogue-file"),
    path("catalogue/<int:pk>/propose/", proposals.propose, name="propose"),
    path("catalogue/<int:pk>/bookmark/", bookmarks.bookmark, name="bookmark"),
    path("catalogue/<int:pk>/not-for-me/", hidden_profiles.hide, name="hide"),
    path("catalogue/not-for-me/", hidden_profiles.hidden, name="hidden"),
    path("catalogue/searches/", saved_searches.searches, name="searches"),
    path("catalogue/searches/save/", saved_searches.save, name="search-save"),
    path("catalogue/searches/<int:pk>/", saved_searches.change, name="search"),
    path("catalogue/searches/stop/<slug:key>/", saved_searches.stop, name="search-stop"),
    path("bench/", bench.bench, name="bench"),
    path("bench/plans/", plans.plans, name="plans"),
    path("bench/plans/new/", plans.new, name="plan-new"),
    path("bench/plans/<int:pk>/", plans.plan, name="plan"),
    path("bench/plans/<int:pk>/send/", plans.send_plan, name="plan-send"),
    path("bench/plans/<int:pk>/discard/", plans.discard_plan, name="plan-discard"),
    path("bench/plans/<int:pk>/pairs/<int:pair>/<slug:act>/", plan_pairs.change, name="plan-pair"),
    path("bench/plans/<int:pk>/partner-for/<int:profile>/", plan_pairs.choose, name="plan-choose"),
    path("best-matches/", best_matches.choose, name="best-matches-choose"),
    path("best-matches/<int:pk>/", best_matches.best_matches_of, name="best-matches"),
    path("best-matches/<int:pk>/what-matters/", best_matches.set_priorities, name="best-matches-priorities"),
    path("matches/", matches.matches, name="matches"),
    path("matches/<int:pk>/", matches.match, name="match"),
    path("matches/<int:pk>/yes-given-outside/<slug:which>/", matches.given_outside, name="match-given-outside"),
]
