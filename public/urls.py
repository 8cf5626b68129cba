"""Addresses of the pages for everybody."""

from django.urls import path

from public.views import eligibility_check, emblem, host_map, pages, proof, search_engines, stories

urlpatterns = [
    path("", pages.home, name="home"),
    path("how-it-works/", pages.how_it_works, name="how-it-works"),
    path("hosts/", host_map.host_map, name="host-map"),
    path("take-part/", eligibility_check.check, name="eligibility"),
    path("take-part/register/", eligibility_check.register, name="eligibility-register"),
    path("proof/", proof.proof, name="proof"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("stories/", stories.stories, name="stories"),
    path("emblem.svg", emblem.emblem, name="emblem"),
    path("privacy/", pages.privacy, name="privacy"),
    path("robots.txt", search_engines.robots, name="robots"),
    path("sitemap.xml", search_engines.sitemap, name="sitemap"),
]
