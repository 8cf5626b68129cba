"""Addresses of who takes part."""

from django.urls import path

from profiles.views import (
    acting,
    clusters,
    home,
    invitations,
    language,
    offices,
    on_behalf,
    organisations,
    partnerships,
    people,
    preferences,
    profiles,
    reviewing,
    steps,
    teams,
)

urlpatterns = [
    path("welcome/", home.welcome, name="welcome"),
    path("acting/", acting.acting, name="acting"),
    path("language/", language.choose, name="language"),
    path("me/", people.me, name="me"),
    path("me/weekly-mail/", preferences.weekly, name="me-weekly"),
    path("me/calendar/", preferences.calendar, name="me-calendar"),
    path("me/weekly-mail/stop/<slug:key>/", preferences.stop, name="weekly-stop"),
    path("calendar/<slug:key>.ics", preferences.feed, name="calendar-feed"),
    path("me/forget/", people.forget_me, name="forget-me"),
    path("invitations/<slug:secret>/", invitations.invitation, name="invitation"),
    path("organisations/new/", organisations.register, name="organisation-new"),
    path("organisations/on-behalf/", on_behalf.register, name="organisation-on-behalf"),
    path("organisations/mine/", organisations.mine, name="organisation-mine"),
    path("organisations/<int:pk>/", organisations.page, name="organisation"),
    path("organisations/<int:pk>/edit/", organisations.edit, name="organisation-edit"),
    path("organisations/<int:pk>/identity/", organisations.identity, name="organisation-identity"),
    path("organisations/<int:pk>/cluster/", clusters.name, name="organisation-cluster"),
    path("clusters/requests/<int:pk>/", clusters.answer, name="cluster-request"),
    path("organisations/<int:pk>/exception/", offices.exception, name="organisation-exception"),
    path("exceptions/<int:pk>/file/", offices.exception_file, name="exception-file"),
    path("partnerships/", partnerships.listing, name="partnerships"),
    path("partnerships/mine/", partnerships.mine, name="partnership-mine"),
    path("partnerships/<int:pk>/", partnerships.page, name="partnership"),
    path("partnerships/<int:pk>/contract-details/", partnerships.contract_details, name="partnership-contract-details"),
    path("profiles/", profiles.listing, name="profiles"),
    path("profiles/new/", profiles.new, name="profile-new"),
    path("profiles/review/", reviewing.review, name="profiles-review"),
    path("profiles/<int:pk>/", profiles.page, name="profile"),
    path("profiles/<int:pk>/reassign/", offices.reassign, name="profile-reassign"),
    path("profiles/<int:pk>/copy/", profiles.copy, name="profile-copy"),
    path("profiles/<int:pk>/brochure/", profiles.brochure, name="profile-brochure"),
    path("profiles/<int:pk>/submit/", steps.submit, name="profile-submit"),
    path("profiles/<int:pk>/edit/<slug:slug>/", steps.step, name="profile-step"),
    path("profiles/<int:pk>/edit/<slug:slug>/save/", steps.autosave, name="profile-autosave"),
    path("profiles/<int:pk>/put-right/<slug:place>/", steps.put_right, name="profile-put-right"),
]
for kind in teams.TEAMS:
    fixed = {"kind": kind}
    urlpatterns += [
        path(f"{kind}/<int:pk>/members/", teams.team, fixed, name="team"),
        path(f"{kind}/<int:pk>/members/invite/", teams.invite, fixed, name="team-invite"),
        path(f"{kind}/<int:pk>/members/<int:place>/", teams.change, fixed, name="team-change"),
        path(f"{kind}/<int:pk>/members/<int:place>/remove/", teams.remove, fixed, name="team-remove"),
        path(f"{kind}/<int:pk>/invitations/<int:invitation>/", teams.withdraw, fixed, name="team-withdraw"),
    ]
