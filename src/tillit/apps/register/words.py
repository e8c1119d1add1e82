"""The words that the search reads and is asked for: folded, and cut to their Swedish stem when they are asked for.

Both databases are given the same words and find them by how they begin, so that they find the same: "vården" asks for
what begins with "vård", and finds "vård", "vårdens" and "vårdcentral".
"""

import re
import unicodedata
from uuid import UUID

from tillit.core.text import nfc

MOST, LONGEST = 8, 16
"""How many words of a search are read, and how many letters of each: as many as the index knows beginnings of."""
_OWN = frozenset("åäö")
_WORD = re.compile(r"[^\W_]+")
_VOWELS = frozenset("aeiouyåäö")
_AFTER_S = frozenset("bcdfghjklmnoprtvy")
_ENDINGS = (
    *("heterna", "hetens", "ornas", "andes", "arnas", "ernas", "arens", "heten", "heter", "erna", "orna", "ande"),
    *("arna", "arne", "aste", "anden", "aren", "ades", "erns", "andet", "ade", "are", "ern", "ens", "het", "ast"),
    *("ad", "en", "ar", "er", "or", "as", "es", "at", "a", "e", "s"),
)
_DOUBLED = ("dd", "gd", "nn", "dt", "gt", "kt", "tt")
_LAST = (("löst", "lös"), ("fullt", "full"), ("lig", ""), ("els", ""), ("ig", ""))


def words_of(*texts: str) -> tuple[str, ...]:
    """Return the words of some texts, each once, in order: small letters, no accents but those of å, ä and ö."""
    return tuple(dict.fromkeys(word for text in texts for word in _WORD.findall(_folded(text))))


def asked_for(search: str) -> tuple[str, ...]:
    """Return the beginnings that a search asks for; what is found has all of them."""
    asked = (word[:LONGEST] for word in words_of(search)[:MOST])
    return tuple(dict.fromkeys(word if any(sign.isdigit() for sign in word) else stem(word) for word in asked))


def stem(word: str) -> str:
    """Return the Swedish stem of a word in small letters, which is always how the word begins.

    Snowball's Swedish algorithm (snowballstem.org/algorithms/swedish/stemmer.html), as PostgreSQL 15 has it.
    """
    region = _region(word)
    word = _without_ending(word, region)
    if word.endswith(_DOUBLED) and len(word) - 2 >= region:
        word = word[:-1]
    for ending, kept in _LAST:
        if word.endswith(ending) and len(word) - len(ending) >= region:
            return word.removesuffix(ending) + kept
    return word


def kind_word(kind: str) -> str:
    """Return the word that marks an entry's kind. No search that is typed can ask for it: "_" is no part of a word."""
    return f"_k_{kind}"


def outcome_word(outcome: str) -> str:
    return f"_u_{outcome}"


def organisation_word(key: UUID | str) -> str:
    return f"_o_{str(key).replace('-', '')}"


def _folded(text: str) -> str:
    return "".join(sign if sign in _OWN else _bare(sign) for sign in nfc(text.casefold()))


def _bare(sign: str) -> str:
    if sign.isascii():
        return sign
    return "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))


def _region(word: str) -> int:
    """Return where endings may begin: after the first consonant that follows a vowel, and after three letters."""
    for place in range(1, len(word)):
        if word[place] not in _VOWELS and word[place - 1] in _VOWELS:
            return max(place + 1, 3)
    return len(word)


def _without_ending(word: str, region: int) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= region:
            if ending == "s" and word[-2] not in _AFTER_S:
                return word
            return word.removesuffix(ending)
    return word
