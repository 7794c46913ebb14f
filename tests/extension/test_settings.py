"""What conf.py can ask: a build reads the bibliography once, rules can be silenced, and each value has its type."""

from __future__ import annotations

import json
import re

import pytest
from annotated_bib import project
from annotated_bib.configuration import VALUES
from helpers import CONF, ENTRY, build

GOOD = {"refs.bib": ENTRY % ("A", "Un titre", "page", "Un mot."), "page.md": "# Page\n\n{cite:t}`A`.\n\n```{notices}\n```\n"}
FAULTY = GOOD | {
    "refs.bib": GOOD["refs.bib"] + ENTRY % ("B", "Un autre", "ailleurs", "Un mot."),
}
#: A project that edits the bibliography once its pages are read.
EDITS = """
def setup(app):
    def edit(app, env):
        path = app.srcdir / "refs.bib"
        path.write_text(path.read_text("utf-8").replace("2001", "1999"), "utf-8")
    app.connect("env-updated", edit)
"""


def years(built) -> set[str]:
    """The years that the site says the work is of, everywhere that it says one."""
    page, work = built.page("page").find("section", id="a"), built.page("oeuvres/a").find("section", id="a")
    texts = [built.page("page").find("p").get_text(), *(part.find(class_="notice-reference").get_text() for part in (page, work))]
    texts += [(built.out / name).read_text("utf-8") for name in ("refs.ris", "oeuvres/a.ris", "oeuvres/a.bib")]
    texts.append(json.dumps(json.loads((built.out / "refs.json").read_text("utf-8"))[0]["issued"]))
    found = [set(re.findall("1999|2001", text)) for text in texts]
    assert all(found)
    return set.union(*found)


def test_a_build_is_of_the_bibliography_as_it_began(dossier):
    source = dossier(GOOD | {"conf.py": CONF + EDITS})
    assert years(build(source)) == {"2001"}
    assert "1999" in (source / "refs.bib").read_text("utf-8")
    assert years(build(source)) == {"1999"}


@pytest.mark.parametrize("silenced", ["annotated_bib.work-without-page", "annotated_bib"])
def test_a_rule_is_silenced_in_the_build_and_in_the_check(dossier, silenced):
    source = dossier(FAULTY)
    assert [fault.rule for fault in project.read(source).check().found] == ["work-without-page"]
    with pytest.raises(SystemExit):
        build(source)
    (source / "conf.py").write_text(f'{CONF}suppress_warnings = ["{silenced}"]\n', "utf-8")
    assert project.read(source).check().found == []
    assert build(source).warnings == []


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('annotated_bib_licence = "x"', "il n’y a pas de réglage annotated_bib_licence (peut-être annotated_bib_license)"),
        ('annotated_bib_colours = {"pages": "#123456"}', "aucune page ne s’appelle « pages » (peut-être page)"),
        ('suppress_warnings = ["annotated_bib.comentary"]', "il n’y a pas de règle comentary (peut-être commentary)"),
        ('annotated_bib_changelog = "CHANGES.md"', "fichier introuvable ; vérifiez son nom"),
        ('html_baseurl = "library.example.org"', "écrivez-la en entier, depuis https://"),
    ],
)
def test_a_setting_that_nothing_would_follow_is_named_with_its_line(dossier, setting, said):
    source = dossier(GOOD | {"conf.py": f"{CONF}\n{setting}\n"})
    (fault,) = project.read(source).check().found
    assert str(fault).startswith(f"conf.py:{CONF.count(chr(10)) + 2}: [settings] {setting.partition(' ')[0]} : ")
    assert said in fault.message


def test_another_extension_s_warning_silences_no_rule(dossier):
    source = dossier(FAULTY | {"conf.py": f'{CONF}suppress_warnings = ["myst.work-without-page", "toc"]\n'})
    assert [fault.rule for fault in project.read(source).check().found] == ["work-without-page"]


def test_the_check_reads_pages_as_the_project_s_markdown(dossier):
    page = GOOD["page.md"] + "\n:::{notce}\n:::\n"
    source = dossier(GOOD | {"page.md": page, "conf.py": CONF.replace('"colon_fence", ', "")})
    assert project.read(source).check().found == []
    (source / "conf.py").write_text(CONF, "utf-8")
    assert [fault.rule for fault in project.read(source).check().found] == ["unknown-name"]


@pytest.mark.parametrize("name", [name for name, *_ in VALUES])
def test_a_value_of_a_wrong_type_is_named(dossier, name):
    source = dossier(GOOD | {"conf.py": f"{CONF}{name} = 3.5\n"})
    assert [name in warning for warning in build(source, "dummy").warnings] == [True]
    (fault,) = project.read(source).check().found
    assert str(fault).startswith("conf.py:")
    assert f": [settings] {name} : écrivez une valeur du type" in str(fault)


def test_a_theme_without_a_colour_has_none_of_the_site_s_making(dossier):
    assert not build(dossier(GOOD)).page("page").find("div", attrs={"data-page": True})
    (coloured,) = build(dossier(GOOD), annotated_bib_colours={"page": "#123456"}).page("page").select("div[data-page]")
    assert coloured["data-page"] == "page"


def test_a_policy_is_refused_where_the_theme_cannot_keep_it(dossier):
    with pytest.raises(SystemExit):
        build(dossier(GOOD), html_theme="alabaster", annotated_bib_policy=True)
