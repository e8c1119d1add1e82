"""Addresses of follow-up: goals and the plans that they stand in."""

from django.urls import URLPattern, path

from tillit.web.followup import goal_writing, goals, plans

paths: list[URLPattern] = [
    path("partnerskap/<slug:slug>/uppfoljning/mal/", goals.goals, name="goals"),
    path("partnerskap/<slug:slug>/uppfoljning/mal/nytt/", goal_writing.new, name="goal_new"),
    path("partnerskap/<slug:slug>/uppfoljning/mal/<uuid:key>/", goals.goal, name="goal"),
    path("partnerskap/<slug:slug>/uppfoljning/mal/<uuid:key>/andra/", goal_writing.change, name="goal_change"),
    path("partnerskap/<slug:slug>/uppfoljning/plan/", plans.plans, name="plan"),
]
