"""Addresses of follow-up: trials."""

from django.urls import URLPattern

paths: list[URLPattern] = []
