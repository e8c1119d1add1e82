"""Addresses of follow-up: logic."""

from django.urls import URLPattern

paths: list[URLPattern] = []
