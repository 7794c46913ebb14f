"""The languages that entries name, as babel and people do."""

from __future__ import annotations

import re

_LANGUAGES = {
    **dict.fromkeys(("french", "français", "francais", "frenchb", "acadian", "fre", "fra"), "fr"),
    **{"canadien": "fr-ca", "english": "en", "anglais": "en", "british": "en-gb", "ukenglish": "en-gb"},
    **{"american": "en-us", "usenglish": "en-us", "canadian": "en-ca", "australian": "en-au", "newzealand": "en-nz"},
    **dict.fromkeys(("german", "ngerman", "allemand"), "de"),
    **dict.fromkeys(("austrian", "naustrian"), "de-at"),
    **dict.fromkeys(("swissgerman", "nswissgerman"), "de-ch"),
    **{"spanish": "es", "espagnol": "es", "italian": "it", "italien": "it", "portuguese": "pt", "portugais": "pt"},
    **{"brazilian": "pt-br", "brazil": "pt-br", "catalan": "ca", "dutch": "nl", "latin": "la", "greek": "el", "arabic": "ar"},
    **{"deutsch": "de", "alemán": "de", "englisch": "en", "inglés": "en", "inglese": "en", "französisch": "fr", "francés": "fr"},
    **{"spanisch": "es", "español": "es", "italienisch": "it", "italiano": "it", "português": "pt", "portugiesisch": "pt"},
    **{"polish": "pl", "russian": "ru", "romanian": "ro", "turkish": "tr", "swedish": "sv", "danish": "da", "norsk": "nb"},
}


def language_tag(name: str) -> str:
    """The BCP 47 tag of the language *name*; empty where it is none and not one of babel's names."""
    name = name.strip().lower().replace("_", "-")
    return _LANGUAGES.get(name, name if re.fullmatch("[a-z]{2,3}(-[a-z0-9]{2,8})*", name) else "")
