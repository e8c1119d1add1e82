"""Addresses of follow-up: indicators."""

from django.urls import URLPattern

paths: list[URLPattern] = []
