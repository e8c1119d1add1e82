"""Addresses of follow-up: reporting."""

from django.urls import URLPattern

paths: list[URLPattern] = []
