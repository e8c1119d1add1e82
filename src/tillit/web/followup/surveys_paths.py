"""Addresses of follow-up: surveys."""

from django.urls import URLPattern

paths: list[URLPattern] = []
