"""From where somebody comes: what limits are counted by, and what only this computer may ask for."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return the visitor's address, as the outermost of our own proxies saw it (TILLIT_PROXIES says how many)."""
    direct = str(request.META.get("REMOTE_ADDR") or "127.0.0.1")
    passed = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    if not settings.PROXIES or not passed:
        return direct
    claimed = passed[-min(settings.PROXIES, len(passed))]
    try:
        return str(ip_address(claimed))
    except ValueError:
        return direct


def is_this_computer(request: HttpRequest) -> bool:
    """Return whether the request comes from the computer the site runs on, and through no proxy."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR") or "").is_loopback
    except ValueError:
        return False
