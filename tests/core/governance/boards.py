"""Boards to try representation on: seats, who sits on them, and the parties they come from."""

from datetime import date
from fractions import Fraction

from tillit.core.governance.entities import Appointment, Interval, Party, RepresentationLink, Seat
from tillit.core.governance.representation import holdings

START, TODAY = date(2026, 1, 1), date(2026, 8, 1)
SEVEN = ("01", "03", "05", "12", "14", "18", "24")
"""The regions in the board of the Biobank model."""
FOURTEEN = ("04", "06", "07", "08", "09", "10", "13", "17", "19", "20", "21", "22", "23", "25")


def parties(regions=(*SEVEN, *FOURTEEN)):
    return {f"r{code}": Party(f"r{code}", "region", sector="care", region=code) for code in regions}


def board(*members, **more):
    """Return the filled seats of a board with one seat per party id, and the ids of vacant ones (members None)."""
    seats = [Seat(f"s{number}", "board", **more) for number, _ in enumerate(members)]
    appointments = [
        Appointment(seat.id, f"n{seat.id}", party, Interval(START))
        for seat, party in zip(seats, members, strict=True)
        if party is not None
    ]
    return holdings(seats, appointments, TODAY)


def links(regions=FOURTEEN, end=None):
    return [RepresentationLink(f"r{code}", Interval(START, end), organ="board") for code in regions]


def fractions(*values):
    """Return counts by categories named a, b, c …"""
    return {chr(ord("a") + number): Fraction(value) for number, value in enumerate(values)}
