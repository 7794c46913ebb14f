"""The rules: each fault is said once, where it stands, with its mend; what is right is not refused."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from argparse import Namespace
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from annotated_bib import checks, project
from annotated_bib.checks import citation_file
from annotated_bib.checks.mentions import markdown_mentions, markdown_parser, rst_mentions
from annotated_bib.commands import check
from annotated_bib.commands.check import annotation
from annotated_bib.language import catalogue
from annotated_bib.language.catalogue import _
from annotated_bib.source import model
from helpers import CONF, ENTRY, ROOTS, build
from sphinx.application import Sphinx
from sphinx.util.console import strip_escape_sequences
from sphinx.util.docutils import docutils_namespace, patch_docutils

FAULTY = ROOTS / "faulty"
#: Every message of the faulty dossier, each judged by hand: what stops a build, then advice.
FAULTS, ADVICE = (part.splitlines() for part in (FAULTY / "faults.txt").read_text("utf-8").split("\n\n"))
FOUND = [*FAULTS, *ADVICE]
BIBFILES = ["refs.bib", "perdus.bib"]
PAGES = ["index.md", *(f"sections/{name}.md" for name in ("double", "orpheline", "terrain", "usages", "vide"))]
GOOD = {"refs.bib": ENTRY % ("A", "Un titre", "page", "Un mot."), "page.md": "# Page\n\n```{notices}\n```\n"}


def report_of(root: Path, *names: str) -> checks.Report:
    """What the rules find in the files *names* of *root*."""
    paths = [root / name for name in names]
    bibfiles = [path for path in paths if path.suffix == ".bib"]
    return checks.check(bibfiles, [path for path in paths if path not in bibfiles], root, fonts=[])


def faults_of(root: Path, *names: str) -> list[str]:
    """What is wrong with the files *names* of *root*."""
    return list(map(str, report_of(root, *names).found))


def rules_of(faults: list[str]) -> list[str]:
    return [re.search(r"\[([\w-]+)\]", fault)[1] for fault in faults]


@pytest.fixture
def faults(dossier):
    """The rules that a dossier breaks: the good one, with *entry* and *page* added."""

    def broken(entry: str = "", page: str = "") -> list[str]:
        files = {"refs.bib": GOOD["refs.bib"] + entry, "page.md": GOOD["page.md"] + page}
        return rules_of(faults_of(dossier(files), "refs.bib", "index.md", "page.md"))

    return broken


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "annotated_bib", "check", *arguments]
    environment = os.environ | {"PYTHONUTF8": "1", "LC_MESSAGES": "fr_FR"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, encoding="utf-8")


# -- The faulty dossier ------------------------------------------------------------------------------------------------


def test_every_fault_is_said_once_in_the_order_of_files_and_lines():
    report = report_of(FAULTY, *BIBFILES, *PAGES)
    assert [list(map(str, found)) for found in (report.faults, report.advice)] == [FAULTS, ADVICE]


def test_a_theme_without_works_is_a_fault_when_every_entry_could_be_read():
    # Among entries that are lost may stand the works of this theme.
    assert "sections/vide.md" not in "".join(FOUND)
    assert [fault for fault in faults_of(FAULTY, "refs.bib", *PAGES) if "vide.md" in fault] == [
        "sections/vide.md:3: [page-without-work] aucune notice n’a le thème « vide » ; corrigez le nom du thème"
    ]


def test_every_rule_is_broken_once_at_least():
    # A field that is too long would be the whole dossier; what Sphinx says is asked of it once nothing else is wrong.
    assert {*rules_of(FOUND), "page-without-work", "length", "settings", "sphinx", "citation-file", *checks.FILE_RULES} == set(
        checks.RULES
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_contributors_are_told_is_what_the_rules_say(dossier, language):
    catalogue.use(language)
    source = dossier({"long.bib": ENTRY % ("A", "a" * 10_001, "page", "Un mot.")})
    (source / "latin.bib").write_bytes("@book{É}".encode("latin-1"))
    (source / "vide.bib").write_text("% Rien encore.\n", "utf-8")
    (source / "CITATION.cff").write_text("cff-version: 1.2.0\n", "utf-8")
    settings = dict.fromkeys(citation_file.SETTINGS.values(), "") | {"release": "1.1.0"}
    said = [
        *faults_of(FAULTY, *BIBFILES, *PAGES),
        f"[settings] {_(project.NO_BIBFILE)}",
        *faults_of(FAULTY, "refs.bib", *PAGES),
        *faults_of(source, "long.bib", "latin.bib", "vide.bib", "absent.bib"),
        *map(str, citation_file.faults(source, settings)),
    ]
    told = {name: _(rule.says) for name, rule in checks.RULES.items() if name != "sphinx"}  # whose words are Sphinx's
    unsaid = [name for name, says in told.items() if not any(f"[{name}] " in line and says in line for line in said)]
    assert unsaid == []
    assert all("; " in says for says in told.values()), "the mend follows the fault"


def test_the_command_prints_the_faults_and_the_advice_and_fails():
    done = run(cwd=FAULTY)
    assert done.returncode == 1
    assert done.stderr.splitlines()[: len(FAULTS)] == FAULTS
    assert done.stdout.splitlines()[: len(ADVICE)] == ADVICE


def test_the_command_counts_what_each_rule_found_and_says_what_it_asks():
    done = run(cwd=FAULTY)
    for said, found, words in ((done.stderr, FAULTS, "défauts à corriger"), (done.stdout, ADVICE, "conseils, qui n’arrêtent rien")):
        total, *counts = said.splitlines()[len(found) :]
        assert total.startswith(f"{len(found)} {words}")
        counted = [re.fullmatch(r" +(\d+)  ([\w-]+) : (.+)", line).groups() for line in counts]
        assert {rule: int(count) for count, rule, _ in counted} == Counter(rules_of(found))
        assert [int(count) for count, *_ in counted] == sorted((int(count) for count, *_ in counted), reverse=True)
        assert all(asked == _(checks.RULES[rule].asks) for _count, rule, asked in counted)


def test_advice_fails_where_it_is_taken_for_faults(dossier):
    source = dossier(GOOD | {"refs.bib": GOOD["refs.bib"].replace("Un mot.", "Un mot; deux.")})
    done = run(cwd=source)
    assert (done.returncode, done.stderr) == (0, "")
    said = "refs.bib:1: [typography] A : annotation : il manque une espace devant « ; » ; ajoutez-la"
    assert done.stdout.splitlines()[0] == said
    assert "1 conseil, qui n’arrête rien" in done.stdout
    strict = run("--strict", cwd=source)
    assert (strict.returncode, strict.stderr.splitlines()[0]) == (1, said)
    assert build(source).warnings == []


def test_the_command_annotates_for_github():
    done = run("--format=github", cwd=FAULTY)
    place, said = "index.md,line=4,title=cite-syntax", "« Terrain2001;Markup » n’est pas une liste de clés"
    assert f"::error file={place}::{said} ; séparez-les par des virgules" in done.stderr.splitlines()
    assert sum(line.startswith("::error file=") for line in done.stderr.splitlines()) == len(FAULTS)
    assert sum(line.startswith("::warning file=") for line in done.stdout.splitlines()) == len(ADVICE)


def test_an_annotation_is_escaped_as_github_asks():
    fault = checks.Fault("a:b,c.bib", 3, "markup", "50 % : a,\nb")
    assert annotation(fault, "error") == "::error file=a%3Ab%2Cc.bib,line=3,title=markup::50 %25 : a,%0Ab"


def test_the_command_is_content_with_a_good_dossier(dossier):
    done = run(cwd=dossier(GOOD))
    assert (done.returncode, done.stdout, done.stderr) == (0, "Aucun défaut.\n", "")


def build_faulty(source: Path) -> list[str]:
    """What a build of *source* warns of before it gives up."""
    said = StringIO()
    out = source.parent / f"{source.name}-built"
    with patch_docutils(str(source)), docutils_namespace(), pytest.raises(SystemExit):
        Sphinx(source, source, out / "html", out / "doctrees", "html", status=None, warning=said).build()
    lines = strip_escape_sequences(said.getvalue()).splitlines()
    assert lines[-1].endswith("rien n’est construit.")
    return lines[:-1]


def test_a_build_warns_of_each_fault_where_it_stands(root):
    warnings = build_faulty(root("faulty"))
    expected = [re.fullmatch(r"(.+?:\d+): \[([\w-]+)\] (.+)", fault).groups() for fault in FAULTS]
    assert warnings == [f"{place}: WARNING: [{rule}] {message} [annotated_bib.{rule}]" for place, rule, message in expected]


def test_a_faulty_build_leaves_what_was_built(dossier):
    source = dossier(GOOD)
    out = build(source).out
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.rglob("*") if path.is_file()}
    assert out / "page.html" in before
    (source / "refs.bib").write_text("@book{A, title = {", "utf-8")
    assert len(build_faulty(source)) == 1
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.rglob("*") if path.is_file()}


# -- Files -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["refs.bib", "page.md"])
def test_a_file_in_another_encoding_is_the_only_fault(dossier, name):
    source = dossier(GOOD)
    path = source / name
    path.write_bytes(path.read_bytes() + "\n% suite\n% é\n".encode("latin-1"))
    line = path.read_bytes().count(b"\n")
    assert faults_of(source, "refs.bib", "page.md") == [
        f"{name}:{line}: [encoding] ce fichier n’est pas en UTF-8 ; réenregistrez-le en UTF-8"
    ]


@pytest.mark.parametrize("name", ["absent.bib", "absente.md"])
def test_a_missing_file_is_the_only_fault(dossier, name):
    (fault,) = faults_of(dossier(GOOD), "refs.bib", "page.md", name)
    assert fault.startswith(f"{name}:1: [missing-file] fichier introuvable")


def test_a_missing_file_does_not_hide_what_is_wrong_elsewhere(dossier):
    entry = "@book{B, title = {T}, theme = {ailleurs}, year = {01}, related = {C}, lacuna = {Rien.}}"
    source = dossier({"refs.bib": entry, "page.md": "# Page\n\n{cite:t}`C`\n"})
    assert rules_of(faults_of(source, "refs.bib", "absent.bib", "page.md")) == ["year", "missing-file"]


@pytest.mark.parametrize("name", ["dossier.bib", "dossier.md"])
def test_a_folder_is_no_file(dossier, name):
    source = dossier(GOOD)
    (source / name).mkdir()
    (fault,) = faults_of(source, "refs.bib", "page.md", name)
    assert fault == f"{name}:1: [missing-file] c’est un dossier et non un fichier ; vérifiez son nom"


def test_a_file_that_may_not_be_read_is_named(dossier, monkeypatch):
    def refuse(path, *_args, **_options):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_text", refuse)
    (fault,) = faults_of(dossier({}), "index.md")
    assert fault.startswith("index.md:1: [missing-file] ce fichier ne peut être lu")


@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "BOM"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_files_of_every_system_are_read(dossier, start, newline):
    source = dossier(GOOD | {"page.md": GOOD["page.md"] + "\n{cite:t}`Absente`\n"})
    for name in GOOD:
        text = (source / name).read_text("utf-8")
        (source / name).write_bytes((start + text.replace("\n", newline)).encode())
    assert [fault.partition(" ")[0] for fault in faults_of(source, "refs.bib", "page.md")] == ["page.md:6:"]


# -- Entries -----------------------------------------------------------------------------------------------------------

RIGHT = {
    "biblatex": "@report{B, title = {T}, theme = {page}, date = {2001-07-14}, lacuna = {Rien.}}",
    "a period": "@book{B, title = {T}, theme = {page}, date = {2001-07/2003}, lacuna = {Rien.}}",
    "a doubtful date": "@book{B, title = {T}, theme = {page}, date = {2001~}, lacuna = {Rien.}}",
    "a month": "@book{B, title = {T}, theme = {page}, year = 2001, month = {juillet}, annote = {Rien.}}",
    "no year": "@book{B, title = {T}, theme = {page}, lacuna = {Rien.}}",
    "a verbatim address": ("@online{B, title = {T}, theme = {page}, url = {https://x.fr/~a/%20b_c?d=$e&f#g}, lacuna = {Rien.}}"),
    "a verbatim DOI": "@book{B, title = {T}, theme = {page}, doi = {10.1/a_b%3C}, lacuna = {Rien.}}",
    "aliases": (
        "@report{B, title = {T}, theme = {page}, location = {Lyon}, institution = {I}, date = {2001}, editor = {R, P},"
        " completed = {location, date, institution, editor}, completedfrom = {Ailleurs.}, lacuna = {Rien.}}"
    ),
    "keys of digits": "@book{1989, title = {T}, theme = {page}, lacuna = {\\cite{1990}}}"
    "@book{1990, title = {T}, theme = {page}, related = {1989}, lacuna = {Rien.}}",
    "an accent on a macro": r"@book{B, title = {na\"\i f}, theme = {page}, lacuna = {Rien.}}",
}
WRONG = {
    "@book{B, title = {T}, theme = {page}, date = {2001-13}, lacuna = {Rien.}}": "year",
    "@book{B, title = {T}, theme = {page}, date = {2001-07-32}, lacuna = {Rien.}}": "year",
    "@book{B, title = {T}, theme = {page}, date = {vers 2001}, lacuna = {Rien.}}": "year",
    "@book{B, title = {T}, theme = {page}, year = {01}, lacuna = {Rien.}}": "year",
    "@book{B, title = {T}, theme = {page}, month = {13}, lacuna = {Rien.}}": "month",
    "@book{B, title = {T}, theme = {page}, lacuna = {Rien.}, completed = {title}}": "completed",
    "@book{B, title = {T}, theme = {page}, lacuna = {Rien.}, completed = {doi}, completedfrom = {Là.}}": "completed",
    r"@book{B, title = {\'{\input{x}}}, theme = {page}, completed = {title}, completedfrom = {Là.}, annote = {M.}}": ("markup"),
    "@book{a, title = {T}, theme = {page}, lacuna = {Rien.}}": "colliding-key",
    "@book{B, title = {T}, theme = {page}, lacuna = {\\cite{C}}}": "unknown-key",
    "@book{B, title = {T}, theme = {page}, lacuna = {Rien.}, completedfrom = {\\cite{C}}}": "unknown-key",
    "@book{B, title = {T}, lacuna = {Rien.}}": "missing-field",
}


@pytest.mark.parametrize("entry", RIGHT.values(), ids=RIGHT)
def test_a_right_entry_is_not_refused(faults, entry):
    assert faults(entry) == []


@pytest.mark.parametrize(("entry", "rule"), WRONG.items())
def test_a_wrong_entry_breaks_one_rule(faults, entry, rule):
    assert faults(entry) == [rule]


CITING = "p ps t ts ct cts alp alps author authors authorpar authorpars cauthor cauthors year yearpar label labelpar empty".split()
LISTS = "themes timeline catalogue work-index apparatus whats-new rules edition-citation edition-contact".split()
NAMES = {
    # A page, and what is said of it besides.
    "```{notices\n```\n": ["unknown-name"],
    "```{notice}\n```\n": ["unknown-name"],
    "{cit:t}`A` {cite:x}`A`": ["unknown-name", "unknown-name"],
    "```{note}\n{sub}`a` {doc}`page`\n```\n": [],
    "".join(f"```{{{name}}}\n```\n" for name in LISTS): [],
    "".join(f"```{{{name}s}}\n```\n" for name in LISTS): ["unknown-name"] * 9,
    "{site-file}`refs.bib` {sitefile}`refs.bib`": ["unknown-name"],
    "[a](ftp://x.fr) [b](Tel:1) ![c](ftp://x.fr/a.png) [d](mailto:a@x.fr) [e](doi:10.1/x) [f](HTTPS://x.fr)": ["broken-link"] * 3,
    "[a](inv:a#b) [c](path:a) [d](project:page.md) [e](pa%67e.md) [f](http://x.fr/a.md)": [],
    "".join(f"{'`' * (30 - depth)}{{note}}\n" for depth in range(20)) + "a": [],
    "".join(f"{{cite:{name}}}`A` " for name in CITING): [],
    "[a](page.md) [b](page.md#c) [c](https://x.fr/d.md) [d](absente.md)": ["broken-link"],
    "```{toctree}\n:hidden:\n\npage\nTitre <page>\nabsente\nself\nhttps://x.fr\n```\n": ["contents"],
    "```{toctree}\n:glob:\n\n*\n```\n": [],
    f"[a]({'a' * 300}.md) [b](../../etc/passwd.md) [c](%00.md)": ["broken-link"] * 3,
}


@pytest.mark.parametrize(("page", "rules"), NAMES.items())
def test_pages_name_what_exists(faults, page, rules):
    assert faults(page="\n" + page) == rules


def test_a_page_that_no_contents_list_is_a_fault_unless_it_is_meant(dossier):
    pages = {"index.md": "# T\n\n```{toctree}\npage\n```\n\n```{include} partie.md\n```\n", "seule.md": "# Seule\n"}
    pages |= {"partie.md": "# Partie\n", "libre.md": "---\norphan: true\n---\n\n# Libre\n"}
    (fault,) = faults_of(dossier(GOOD | pages), "refs.bib", "page.md", *pages)
    assert fault.startswith("seule.md:1: [contents] ")


def test_the_contents_of_a_page_in_rst_are_read_with_their_lines(dossier):
    title = "Titre\n=====\n\n"
    contents = ".. toctree::\n   :hidden:\n\n   page\n   suite\n   absente\n\nautre\n"
    pages = {"index.rst": title + contents, "page.rst": f"{title}.. notices:: page\n"}
    pages |= {"seul.rst": title, "libre.rst": f":orphan:\n\n{title}", "suite.txt": title}
    found = faults_of(dossier({"refs.bib": GOOD["refs.bib"], **pages}), "refs.bib", *pages)
    assert [fault.partition("] ")[0] for fault in found] == ["index.rst:9: [contents", "seul.rst:1: [contents"]
    said = faults_of(dossier({"index.md": "# T\n\n```{toctree}\nabsente\n```\n"}), "index.md")
    assert [fault.partition("] ")[0] for fault in said] == ["index.md:4: [contents"]


def test_what_cannot_be_read_is_not_said_to_be_missing(dossier):
    page = "# Page\n\n{cite}`B` [a](b.md)\n\n```{toctree}\nb\n```\n\n```{notices} autre\n```\n"
    root = dossier({"refs.bib": GOOD["refs.bib"], "index.md": page})
    (root / "page.md").write_bytes(b"\xff")
    assert rules_of(faults_of(root, "refs.bib", "page.md", "index.md")) == ["encoding"]


def test_the_citation_file_repeats_the_settings(tmp_path):
    (tmp_path / "CITATION.cff").write_text("title: T\nversion: '1.0' # l’an dernier\ndate-released: \"2026-01-02\"\n", "utf-8")
    settings = {"release": "1.0", "annotated_bib_date": "2026-01-02", "annotated_bib_doi": ""}
    assert list(citation_file.faults(tmp_path, settings)) == []
    settings = {"release": "2.0", "annotated_bib_date": "2026-01-03", "annotated_bib_doi": "10.1/x"}
    assert [str(fault) for fault in citation_file.faults(tmp_path, settings)] == [
        "CITATION.cff:2: [citation-file] version : conf.py donne release = 2.0 ; écrivez « version: 2.0 »",
        "CITATION.cff:3: [citation-file] date-released : conf.py donne annotated_bib_date = 2026-01-03 ;"
        " écrivez « date-released: 2026-01-03 »",
        "CITATION.cff:1: [citation-file] doi : conf.py donne annotated_bib_doi = 10.1/x ; écrivez « doi: 10.1/x »",
    ]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('a = {\n    "b": "c"\n    "d": "e",\n}\n', r"conf\.py:[23]: \[settings\] Python ne peut lire cette ligne ; "),
        (
            "\nbibtex_bibfiles = refs\n",
            r"conf\.py:2: \[settings\] cette ligne échoue, « NameError: name 'refs' is not defined » ; ",
        ),
        ("a = 1\0\n", r"conf\.py:1: \[settings\] "),
        ("import sys\nsys.exit()\n", r"conf\.py:2: \[settings\] "),
        ('language = "fr"\nextensions = []\n', r"conf\.py:1: \[settings\] bibtex_bibfiles ne nomme aucun fichier BibTeX ; "),
    ],
)
def test_settings_that_cannot_be_used_are_named_with_their_line(dossier, settings, said):
    done = run(cwd=dossier(GOOD | {"conf.py": settings}))
    first, count, _ = done.stderr.splitlines()
    assert (done.returncode, count) == (1, "1 défaut à corriger :")
    assert re.match(said, first)


def test_a_bibliography_may_have_no_commentary_at_all(dossier):
    entry = "@book{%s, author = {Durand, Élise}, title = {%s}, year = {2001}, theme = {page}}\n"
    assert faults_of(dossier(GOOD | {"refs.bib": entry % ("A", "Un titre") + entry % ("B", "Autre")}), "refs.bib", "page.md") == []
    (fault,) = faults_of(dossier(GOOD | {"refs.bib": GOOD["refs.bib"] + entry % ("B", "Autre")}), "refs.bib", "page.md")
    assert fault.startswith("refs.bib:2: [commentary] B : ")


def test_a_work_needs_no_theme_where_a_page_prints_all(dossier):
    bib = GOOD["refs.bib"].replace("theme = {page}, ", "")
    (fault,) = faults_of(dossier(GOOD | {"refs.bib": bib, "page.md": "# Page\n"}), "refs.bib", "page.md")
    assert fault.startswith("refs.bib:1: [missing-field] A : il manque theme ; ")
    for name, page in {
        "page.md": "# Page\n\n```{notices}\n:all:\n```\n",
        "page.rst": "Page\n====\n\n.. notices::\n   :all:\n",
    }.items():
        assert faults_of(dossier({"refs.bib": bib, name: page}), "refs.bib", name) == []
    lacking = faults_of(dossier({"refs.bib": bib, "page.rst": "Page\n====\n\n.. notices:: page\n"}), "refs.bib", "page.rst")
    assert rules_of(lacking)[0] == "missing-field"


def test_a_page_that_prints_all_works_stands_beside_no_theme(dossier):
    pages = {"page.md": GOOD["page.md"], "tout.md": "# Tout\n\n```{notices}\n:all:\n```\n"}
    (fault,) = faults_of(dossier(GOOD | pages), "refs.bib", "page.md", "tout.md")
    assert fault.startswith("tout.md:3: [work-in-two-pages] les notices du thème « page » sont déjà dans page.md ; ")
    (fault,) = faults_of(dossier(GOOD | pages), "refs.bib", "tout.md", "page.md")
    assert fault.startswith("page.md:3: [work-in-two-pages] ")


def test_works_to_cite_that_have_no_notice_are_read_and_not_judged(dossier):
    methods = "@book{M, titel = {T}, year = {01}, annotation = {\\cite{X}}}\n"
    entry = r"@book{B, title = {T}, theme = {page}, xref = {M}, annotation = {\cite{M}}}"
    page = "# Page\n\n{cite:t}`M`\n\n```{notices}\n```\n"
    source = dossier({"refs.bib": GOOD["refs.bib"] + entry, "page.md": page, "methods.bib": methods})

    def found(*others: str) -> list[str]:
        report = checks.check([source / "refs.bib"], [source / "page.md"], source, [source / name for name in others])
        return [str(fault).partition(" ; ")[0] for fault in report.found]

    unknown = ["refs.bib:2: [unknown-key] B : la clé M n’est pas dans la bibliographie"]
    assert found("methods.bib") == unknown
    (source / "methods.bib").write_bytes("\n@book{É}".encode("latin-1"))
    assert found("methods.bib", "absent.bib") == [
        "methods.bib:2: [encoding] ce fichier n’est pas en UTF-8",
        "absent.bib:1: [missing-file] fichier introuvable",
    ]


def test_each_character_that_no_font_has_is_said_where_it_first_stands(dossier):
    bib = (
        GOOD["refs.bib"]
        + "@book{B,\n title = {漢 😀 漢},\n author = {Ōe, K.},\n abstract = {字},\n theme = {page}, lacuna = {R.}}\n"
    )
    page = "# Page «\n\nЖ ≠ 漢, \ue000\n\n```{notices}\n```\n"
    found = faults_of(dossier({"refs.bib": bib, "page.md": page}), "refs.bib", "page.md")
    assert [fault.partition(" ; ")[0] for fault in found] == [
        "refs.bib:3: [font] aucune police du livre n’a U+6F22 (CJK UNIFIED IDEOGRAPH-6F22)",
        "refs.bib:3: [font] aucune police du livre n’a U+1F600 (GRINNING FACE)",
        "page.md:3: [font] aucune police du livre n’a U+E000 (?)",
    ]


def test_a_file_without_entries_is_said_once_and_one_of_abbreviations_is_none(dossier):
    page = "# Page\n\n{cite:t}`A`\n\n```{notices}\n```\n"
    source = dossier({"refs.bib": "% rien\n", "page.md": page, "mots.bib": "@string{puf = {PUF}}\n"})
    assert faults_of(source, "refs.bib", "page.md") == [
        "refs.bib:1: [no-entry] ce fichier n’a aucune notice ; ajoutez-en une, ou ôtez le fichier de bibtex_bibfiles"
    ]
    assert faults_of(dossier(GOOD), "refs.bib", "mots.bib", "page.md") == []


def test_abbreviations_of_a_file_serve_those_after_it(dossier):
    bib = GOOD["refs.bib"].replace("year =", "publisher = puf # { and } # puf, year =")
    source = dossier(GOOD | {"refs.bib": bib, "mots.bib": "@string{puf = {PUF}}\n"})
    assert faults_of(source, "mots.bib", "refs.bib", "page.md") == []
    assert rules_of(faults_of(source, "refs.bib", "mots.bib", "page.md")) == ["unknown-string"] * 2
    conf = CONF.replace('["refs.bib"]', '["mots.bib", "refs.bib"]')
    (source / "conf.py").write_text(conf, "utf-8")
    built = build(source)
    assert built.warnings == []
    assert "PUF ; PUF, 2001" in re.sub(r"\s", " ", built.page("page").select_one(".notice-reference").get_text())


def test_one_key_in_two_files_is_a_fault(dossier):
    source = dossier(GOOD | {"autre.bib": "\n" + GOOD["refs.bib"]})
    (fault,) = faults_of(source, "refs.bib", "autre.bib", "page.md")
    assert fault.startswith("autre.bib:2: [duplicate-key] ")


# -- Pages -------------------------------------------------------------------------------------------------------------

MENTIONS = {
    # A page, then the roles and directives that are seen in it, with their lines.
    "a\n{cite:t}`A` b\n{cite:p}`B,C`": [("cite:t", "A", 2), ("cite:p", "B,C", 3)],
    "# T {cite:t}`A`\n\n**{cite}`B`** [{cite:t}`C`](x)": [
        ("#", "", 1),
        ("cite:t", "A", 1),
        ("cite", "B", 3),
        ("](", "x", 3),
        ("cite:t", "C", 3),
    ],
    "- a\n  - b {cite:t}`A`\n    c {cite:t}`B`": [("cite:t", "A", 2), ("cite:t", "B", 3)],
    "> a\n> {cite:t}`A`": [("cite:t", "A", 2)],
    "| a |\n|---|\n| {cite:t}`A` |": [("cite:t", "A", 3)],
    "Terme\n: {cite:t}`A`": [("cite:t", "A", 2)],
    "Terme\n: a\n\n    {cite:t}`A`": [("cite:t", "A", 4)],
    "a[^1]\n\n[^1]: {cite:t}`A`\n\n    {cite:t}`B`": [("cite:t", "A", 3), ("cite:t", "B", 5)],
    "---\norphan: true\n---\n{cite:t}`A`": [("---", "orphan: true", 1), ("cite:t", "A", 4)],
    "a\n\n```{notices} b\n```": [("notices", "b", 3)],
    "``` {notices}\n```": [("notices", "", 1)],
    "~~~{notices}\n~~~": [("notices", "", 1)],
    ":::{notices}\n:::": [("notices", "", 1)],
    "````{note}\na\n```{notices} b\n```\n````": [("note", "", 1), ("notices", "b", 3)],
    "::::{note}\n{cite:t}`A`\n:::{notices} b\n:::\n::::": [("note", "", 1), ("cite:t", "A", 2), ("notices", "b", 3)],
    # What is code or a comment is neither.
    "`` {cite:t}`A` ``": [],
    "```md\n{cite:t}`A`\n```": [],
    "```{code-block} md\n{cite:t}`A`\n```": [("code-block", "md", 1)],
    "```{raw} html\n{cite:t}`A`\n```": [("raw", "html", 1)],
    "    {cite:t}`A`": [],
    "<!-- {cite:t}`A` -->": [],
    "% {cite:t}`A`": [],
}
CITATIONS = {
    "A": [],
    "A,B": [],
    "A, B": [],
    "{voir}A{p. 12}": [],
    "A{p. 12, 14},B": [],
    "{voir, pour finir,}A": [],
    "C": ["unknown-key"],
    "A,C": ["unknown-key"],
    "A;B": ["cite-syntax"],
    "A B": ["cite-syntax"],
    "A,,B": ["cite-syntax"],
    "A,": ["cite-syntax"],
}


@pytest.mark.parametrize(("page", "mentions"), MENTIONS.items())
def test_roles_and_directives_are_seen_as_myst_sees_them(page, mentions):
    assert [tuple(mention)[:3] for mention in markdown_mentions(page, markdown_parser())] == mentions


RST_MENTIONS = {
    "a :cite:t:`A` b\n:cite:p:`B,C` :doc:`d <e>`": [("cite:t", "A", 1), ("cite:p", "B,C", 2), ("doc", "d <e>", 2)],
    "Titre :cite:t:`A`\n=================\n\n:cite:t:`B`": [("#", "", 1), ("cite:t", "A", 1), ("cite:t", "B", 4)],
    "::\n\nAutre\n~~~~~\nTitre\n==": [("#", "", 3)],
    ".. notices:: page\n   :all:\n\n.. notices::\n\n:all:": [("notices", "page", 1), ("*", "", 1), ("notices", "", 4)],
    ":orphan:\n\n.. toctree::\n   :hidden:\n\n   a\n\nb": [("---", "orphan", 1), ("toctree", "   :hidden:\n\n   a\n", 3)],
}


@pytest.mark.parametrize(("page", "mentions"), RST_MENTIONS.items())
def test_those_of_a_page_in_rst_are_seen_too(page, mentions):
    assert [tuple(mention)[:3] for mention in rst_mentions(page)] == mentions


@pytest.mark.parametrize(("keys", "rules"), CITATIONS.items())
def test_the_keys_of_a_citation_are_known_and_apart(faults, keys, rules):
    entry = "@book{B, title = {T}, theme = {page}, lacuna = {Rien.}}"
    assert faults(entry, f"\n{{cite:p}}`{keys}`\n") == rules


def test_a_theme_may_be_named_and_is_printed_once(dossier):
    files = GOOD | {"page.md": "# Page\n", "a.md": "# A\n\n```{notices} page\n```\n"}
    assert faults_of(dossier(files), "refs.bib", "page.md", "a.md") == []
    files |= {"page.md": GOOD["page.md"]}
    (fault,) = faults_of(dossier(files), "refs.bib", "page.md", "a.md")
    assert fault.startswith("a.md:3: [work-in-two-pages] les notices du thème « page » sont déjà dans page.md ; ")
    assert faults_of(dossier(files | {"page.md": "# Page\n", "a.md": "# A\n\n```{notices} pages\n```\n"}), "refs.bib", "a.md") == [
        "refs.bib:1: [work-without-page] A : le thème « page » n’a pas de page ; créez-la ou choisissez parmi : pages",
        "a.md:3: [page-without-work] aucune notice n’a le thème « pages » (peut-être page) ; corrigez le nom du thème",
    ]


def test_directives_that_no_parser_would_follow_are_told(dossier):
    page = GOOD["page.md"] + "".join(f"{'`' * (30 - depth)}{{note}}\n" for depth in range(21))
    assert faults_of(dossier(GOOD | {"page.md": page}), "refs.bib", "page.md") == [
        "refs.bib:1: [work-without-page] A : le thème « page » n’a pas de page ; créez-la ou choisissez parmi : aucun",
        "page.md:25: [syntax] directives imbriquées sur plus de 20 niveaux ; sortez-en celles qui peuvent l’être",
    ]


def test_an_unknown_key_is_told_the_nearest(dossier):
    files = {
        "refs.bib": ENTRY % ("Durand2003", "T", "page", "Un mot."),
        "page.md": "{cite:t}`Duran2003`\n" + GOOD["page.md"],
    }
    (fault,) = faults_of(dossier(files), "refs.bib", "page.md")
    assert "la clé Duran2003 n’est pas dans la bibliographie (peut-être Durand2003)" in fault


def test_a_rehearsed_page_knows_the_address_of_each_of_its_notices(dossier, capsys):
    files = {
        "refs.bib": "".join(ENTRY % (key, f"Titre {key}", "page", "Un mot.") for key in ("A", "B", "C")),
        "page.md": "# Page\n\n## C\n\n{cite:t}`B`\n\n```{notices}\n```\n",
    }
    check.checked(dossier(files), "text", rehearses=True)
    fault, *_summary = capsys.readouterr().err.splitlines()
    assert re.match(r'page\.md:[17]: \[sphinx\] Duplicate ID: "c"', fault), "docutils 0.21 tells no line"


def test_the_works_are_made_once_for_all_who_ask(dossier, monkeypatch, capsys):
    made = []
    make = model.work
    monkeypatch.setattr(model, "work", lambda entry: made.append(entry.key) or make(entry))
    files = GOOD | {"refs.bib": "@book{A, title = {T}, theme = {page}, annotation = {Un mot.}, isan = {1}}"}
    assert check.run(Namespace(folder=dossier(files), format="text", strict=False)) == 0
    assert "isan" in capsys.readouterr().out
    assert made == ["A"]


def test_the_rules_judge_once_what_is_then_rehearsed(dossier, monkeypatch):
    judged = []
    judge = checks.check
    monkeypatch.setattr(checks, "check", lambda *arguments: judged.append(arguments) or judge(*arguments))
    folder = dossier(GOOD)
    assert check.checked(folder, "text", rehearses=True)[0]
    assert len(judged) == 1
    build(folder)  # which judges for itself: the files may have changed
    assert len(judged) == 2
