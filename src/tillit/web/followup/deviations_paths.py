"""Addresses of follow-up: deviations."""

from django.urls import URLPattern

paths: list[URLPattern] = []
