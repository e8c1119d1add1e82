"""Addresses of follow-up: scorecard."""

from django.urls import URLPattern

paths: list[URLPattern] = []
