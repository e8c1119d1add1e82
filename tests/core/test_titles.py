import pytest

from tillit.core.process.titles import look_alike, telling_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lunch om hjärtsvikt", "Seminarium om HJÄRTSVIKT, del 2"),
        ("Svenska hjärtdagarna 2026", "Hjärtdagarna: utställning"),
        ("Lunchmöte", "  LUNCHMÖTE "),
    ],
)
def test_titles_that_share_half_of_their_telling_words_look_alike(one, other):
    assert look_alike(one, other)
    assert look_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Utbildning om blodfetter", "Utbildning om diabetes"),
        ("Lunchmöte", "Kvällsmöte"),
        ("Möte om hjärtsvikt", "Möte"),
        ("Diabetes, njurar, ögon och fötter", "Högt blodtryck och njurar samt kärl"),
        ("", "Hjärtsvikt"),
    ],
)
def test_what_only_shares_ordinary_words_does_not(one, other):
    assert not look_alike(one, other)
    assert not look_alike(other, one)


def test_years_short_words_and_ordinary_words_tell_nothing():
    assert telling_words("Kurs 2026 om EKG: från lunch med förmaksflimmer") == {"förmaksflimmer"}
