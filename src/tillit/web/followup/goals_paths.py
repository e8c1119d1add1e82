"""Addresses of follow-up: goals."""

from django.urls import URLPattern

paths: list[URLPattern] = []
