"""The rules, for those who keep an edition: what each asks, and how its message tells what is wrong and how to mend it."""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """What a rule *asks*, and an example of what it *says*: the fault; the mend."""

    asks: str
    says: str


#: The rules by their names, in the order in which « Contribuer » prints them.
RULES = {
    "settings": Rule(
        "Les réglages de conf.py se lisent sans erreur et nomment un fichier BibTeX.",
        "bibtex_bibfiles ne nomme aucun fichier BibTeX ; nommez-y celui de l’édition",
    ),
    "missing-file": Rule(
        "Le fichier existe et peut être lu.",
        "fichier introuvable ; vérifiez son nom",
    ),
    "encoding": Rule(
        "Le fichier est enregistré en UTF-8.",
        "ce fichier n’est pas en UTF-8 ; réenregistrez-le en UTF-8",
    ),
    "characters": Rule(
        "Le fichier n’a ni caractère invisible, ni lettre mal décodée (Ã©), ni accent détaché de sa lettre.",
        "« Ã© » vient d’un texte lu dans un autre encodage ; retapez le mot",
    ),
    "syntax": Rule(
        "Chaque accolade se ferme, chaque champ se termine par une virgule ; hors des notices, une ligne commence par %.",
        "la notice Perdue ne se referme pas ou il y manque une virgule ; vérifiez les accolades et les virgules de ses champs",
    ),
    "unknown-string": Rule(
        "Une valeur sans accolades est un nombre, un mois (jan, feb…) ou une abréviation définie par @string.",
        "publisher = editeur : abréviation inconnue ; entourez le texte d’accolades",
    ),
    "key": Rule(
        "Une clé n’a que des lettres, des chiffres et les signes - _ : . ; elle en compte 100 au plus.",
        "la clé « Clé à part » ne peut être citée ; n’y laissez que des lettres, des chiffres et les signes - _ : .",
    ),
    "duplicate-key": Rule(
        "Une clé ne désigne qu’une notice.",
        "la clé Terrain2001 existe déjà ; donnez-en une autre à cette notice",
    ),
    "colliding-key": Rule(
        "Deux clés ne diffèrent pas seulement par la casse ou la ponctuation : elles auraient la même adresse.",
        "terrain2001 et Terrain2001 auraient la même adresse ; changez une clé",
    ),
    "same-work": Rule(
        "Une œuvre n’a qu’une notice.",
        "même œuvre que Ronde1 (refs.bib:123) ; gardez une seule des deux notices",
    ),
    "unknown-type": Rule(
        "Le type de la notice est un type de BibTeX ou de biblatex.",
        "type @bouk inconnu (peut-être book) ; écrivez book, article, incollection, techreport, misc ou un autre de BibTeX",
    ),
    "unknown-field": Rule(
        "Un champ est connu de BibTeX, de biblatex, de JabRef, de Zotero ou de l’édition, ou commence par x-.",
        "champ titel inconnu (peut-être title) ; corrigez son nom, ou faites-le commencer par x- s’il n’est qu’à vous",
    ),
    "duplicate-field": Rule(
        "Un champ ne paraît qu’une fois dans une notice.",
        "champ répété (title) ; gardez-en un seul",
    ),
    "length": Rule(
        "Un champ compte 10 000 signes au plus, 100 000 si c’est un texte (annotation, lacuna) ou le champ d’un outil.",
        "le champ title compte plus de 10 000 signes ; cherchez où une accolade se ferme trop tard, ou coupez-le",
    ),
    "empty-field": Rule(
        "Un champ n’est pas vide.",
        "le champ note est vide ; remplissez-le ou supprimez-le",
    ),
    "missing-field": Rule(
        "Chaque notice a un titre et, si aucune page n’imprime toutes les œuvres, un thème ; un article a sa revue,"
        " une contribution son ouvrage, un rapport ou un mémoire son organisme, un document en ligne son adresse,"
        " à moins que lacuna ne dise une perte.",
        "il manque journal ; ajoutez-le, ou dites dans lacuna qu’il est perdu",
    ),
    "names": Rule(
        "Les noms sont séparés par and et s’écrivent Nom, Prénom, sans capitales ; un organisme est entre doubles accolades.",
        "« et » ne sépare pas les noms ; écrivez and, ou entourez d’accolades le nom d’un organisme",
    ),
    "year": Rule(
        "L’année compte quatre chiffres ; le mois et le jour ont leurs propres champs.",
        "année « septembre 2006 » ; écrivez quatre chiffres, ou supprimez le champ si elle est inconnue",
    ),
    "month": Rule(
        "Le mois est une abréviation de BibTeX (jul) ou un nombre de 1 à 12.",
        "mois « thermidor » ; écrivez par exemple jul, ou 7",
    ),
    "day": Rule(
        "Le jour existe dans le mois.",
        "jour « 30 » ; écrivez un jour de ce mois, de 1 à 31",
    ),
    "pages": Rule(
        "Les pages sont des nombres, séparés par deux traits d’union : 47--53.",
        "pages « 47-53 » ; écrivez la première et la dernière page ainsi : 47--53",
    ),
    "identifier": Rule(
        "L’ISBN et l’ISSN ont leur clé de contrôle, le DOI sa forme (10.…/…).",
        "ISBN « 978-2-296-01368-2 » : le dernier chiffre ne s’accorde pas avec les autres ; recopiez le numéro d’après le document",
    ),
    "url": Rule(
        "Une adresse est entière et commence par http, https, doi ou mailto.",
        "adresse « www.example.org » ; écrivez-la en entier, depuis https://",
    ),
    "markup": Rule(
        "Un champ ne contient que les macros admises ; % et $ y sont précédés d’une barre oblique inverse.",
        "note : « % » ouvre un commentaire en LaTeX ; écrivez \\%",
    ),
    "typography": Rule(
        "Les textes et les titres français ont une espace devant : ; ! ?, les guillemets « » et « p. », non « pp. ».",
        "title : il manque une espace devant « : » ; ajoutez-la",
    ),
    "commentary": Rule(
        "Chaque notice a un commentaire (annotation) ou dit ce qui manque (lacuna), si d’autres ont le leur.",
        "ni annotation ni lacuna ; écrivez le commentaire ou dites ce qui manque",
    ),
    "completed": Rule(
        "Les champs nommés par completed sont dans la notice, et completedfrom dit d’où ils viennent.",
        "le champ isbn n’est pas dans la notice ; ajoutez-le ou ôtez-le de completed",
    ),
    "lost": Rule(
        "Les champs nommés par lost sont des champs connus, et la notice ne les remplit pas.",
        "le champ year n’est pas perdu, il est rempli ; ôtez-le de lost ou videz-le",
    ),
    "reason": Rule(
        "Dans relatedwhy, la raison d’un lien suit \\cite{clé} ; chaque œuvre de related a la sienne, si d’autres en ont une.",
        "rien ne dit pourquoi Terrain2001 est liée ; ajoutez à relatedwhy \\cite{Terrain2001} et la raison",
    ),
    "unknown-key": Rule(
        "Les clés citées ou liées (related) sont dans la bibliographie.",
        "la clé Terrain2010 n’est pas dans la bibliographie (peut-être Terrain2001) ;"
        " corrigez-la, ajoutez la notice ou ôtez ce renvoi",
    ),
    "one-way": Rule(
        "Deux œuvres liées (related) le sont l’une à l’autre, si la plupart le sont.",
        "Liens lui est liée, mais non l’inverse ; ajoutez Liens à related",
    ),
    "circle": Rule(
        "Des œuvres liées en boucle ont options = {related=false}.",
        "LaTeX imprimerait ses œuvres liées en boucle ; ajoutez options = {related=false}",
    ),
    "cite-syntax": Rule(
        "Les clés d’une citation sont séparées par des virgules.",
        "« Terrain2001;Markup » n’est pas une liste de clés ; séparez-les par des virgules",
    ),
    "cited-in-heading": Rule(
        "Un titre ne cite pas d’œuvre.",
        "un titre ne peut citer Ronde1 ; citez dans le texte qui suit",
    ),
    "work-without-page": Rule(
        "Le thème de chaque notice a sa page.",
        "le thème « terain » n’a pas de page ; créez-la ou choisissez parmi : terrain, usages, vide",
    ),
    "work-in-two-pages": Rule(
        "Un thème n’a qu’une page : une notice ne paraît qu’à un endroit.",
        "les notices du thème « terrain » sont déjà dans sections/double.md ; gardez une seule de ces pages",
    ),
    "page-without-work": Rule(
        "Une page de thème a au moins une notice.",
        "aucune notice n’a le thème « vide » ; corrigez le nom du thème",
    ),
    "page-title": Rule(
        "Une page commence par son titre : le signe #, une espace, le titre.",
        "la page n’a pas de titre ; commencez-la par le signe #, une espace et le titre",
    ),
    "contents": Rule(
        "Le sommaire nomme chaque page, et aucune qui n’existe pas.",
        "cette page n’est dans aucun sommaire ; ajoutez-la à celui de index.md",
    ),
    "broken-link": Rule(
        "Un lien vers une page mène à une page qui existe.",
        "la page « terrains.md » n’existe pas ; corrigez l’adresse du lien",
    ),
    "unknown-name": Rule(
        "Un bloc et un rôle portent un nom de l’édition, entre deux accolades, ou un nom de Sphinx.",
        "{cite:x} n’existe pas ; écrivez {cite:t}",
    ),
    "uncited-work": Rule(
        "Une introduction qui cite au moins la moitié des œuvres de son thème doit les citer toutes.",
        "l’introduction du thème ne cite pas Ronde3 ; présentez-y chaque œuvre du thème",
    ),
}
