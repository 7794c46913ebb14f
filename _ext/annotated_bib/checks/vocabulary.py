"""The words that entries are made of, for a rule that meets another one."""

from __future__ import annotations

from ..source.datamodel import FIELD_NAMES, TYPE_NAMES
from .messages import Nearest

TYPES = Nearest(TYPE_NAMES)
FIELDS = Nearest(FIELD_NAMES)
#: Whoever is called so first is no person: an unbraced body would be cut into a first and a last name.
BODIES = frozenset(
    "academie agence amis archives assemblee association atelier banque bibliotheque bureau caisse centre cercle "
    "chambre collectif college comite commission communaute confederation conference conseil cour delegation "
    "departement direction ecole etablissement federation fondation groupe groupement haut inspection institut "
    "laboratoire ligue mairie ministere mission mouvement musee observatoire office organisation parlement plateforme "
    "pole prefecture profession programme region reseau secretariat senat service societe syndicat union universite "
    "agency bank center committee council department federation foundation institute international laboratory "
    "ministry national organization society united university world european "
    "bundesministerium deutsche gesellschaft hochschule ministerium stiftung universitat"
    " verein verband zentrum asociacion centro fundacion instituto ministerio sociedad universidad universita".split()
)
