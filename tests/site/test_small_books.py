"""The configuration, tried on books of one page."""

import re

import nbformat
import pytest
from looking import Watch, examine
from serve import Server
from serving import build, small_book

pytestmark = pytest.mark.site

WIDGET = """\
import ipywidgets

slider = ipywidgets.IntSlider(value=3, description="Step")
number = ipywidgets.IntText(value=3)
ipywidgets.jslink((slider, "value"), (number, "value"))
ipywidgets.VBox([slider, number])
"""


SITE = "https://ada.example/rnncourse/"


def configure(folder, owner, baseurl):
    """Write the owner of the repository and the site's address.

    Readers of the one that has an address keep nothing for reading offline.
    """
    config = folder / "_config.yml"
    text = config.read_text()
    url = f"https://github.com/{owner}/rnncourse"
    text = re.sub(r"(?<=\n  url: )https://github\.com/\S+", url, text)
    text = re.sub(r"(?<=\n  baseurl: )\S+", f'"{baseurl}"', text)
    assert "keep_for_offline: true" in text
    if baseurl:
        text = text.replace(
            "keep_for_offline: true", "keep_for_offline: false"
        )
    config.write_text(text)


@pytest.fixture(scope="module")
def books(site, tmp_path_factory):
    """The same book before and after it has a public address."""
    folder = tmp_path_factory.mktemp("book")
    small_book(folder, WIDGET)
    made = {}
    for owner, baseurl in (("OWNER", ""), ("ada", SITE)):
        configure(folder, owner, baseurl)
        words, html = build(folder)
        made[owner] = words, (html / "book" / "page.html").read_text()
    return made, html


def test_without_an_address_no_button_leads_to_a_stranger(books):
    words, page = books[0]["OWNER"]
    assert words.count("make set-repo URL=") == 1
    for part in ("mybinder", "colab", "github.com", "OWNER"):
        assert part not in page
    assert "Download the notebook" in page
    assert "og:url" not in page
    assert 'og:image" content="../_static/social-card.png"' in page


def test_with_an_address_the_page_can_be_run_and_edited(books):
    words, page = books[0]["ada"]
    assert "set-repo" not in words
    for link in (
        "https://mybinder.org/v2/gh/ada/rnncourse/notebooks"
        "?urlpath=lab/tree/book/page.ipynb",
        "https://colab.research.google.com/github/ada/rnncourse/blob/"
        "notebooks/book/page.ipynb",
        "https://github.com/ada/rnncourse/blob/notebooks/book/page.ipynb",
        "https://github.com/ada/rnncourse/edit/main/book/page.ipynb",
    ):
        assert f'href="{link}"' in page
    assert f'og:url" content="{SITE}book/page.html"' in page
    assert f'og:image" content="{SITE}_static/social-card.png"' in page
    assert 'og:description" content="A first paragraph."' in page


def test_what_the_page_offers_is_a_menu_with_an_address(books, browser):
    """And a plain link without one: there is only one thing to do."""
    assert "dropdown-menu" not in books[0]["OWNER"][1]
    with Server(books[1]) as server:
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.goto(server.url + "book/page.html")
        inside = page.get_by_role("link", name="Run in Binder")
        assert not inside.is_visible()
        page.get_by_role("button", name="Open").press("Enter")
        inside.wait_for(state="visible")
        assert examine(page, ".bd-header-article") == []
        page.keyboard.press("Escape")
        inside.wait_for(state="hidden")
        page.close()


def test_one_setting_says_whether_readers_keep_what_they_read(books):
    for owner, setting in (("OWNER", "on"), ("ada", "off")):
        page = books[0][owner][1]
        assert f'<meta name="keep-for-offline" content="{setting}"/>' in page


def test_a_widget_gets_its_manager_from_the_site(books, browser):
    with Server(books[1]) as server:
        page = browser.new_page()
        watch = Watch(page, server.url)
        page.goto(server.url + "book/page.html")
        handle = page.locator(".widget-slider [role=slider]")
        handle.press("ArrowRight")
        number = page.locator(".widget-text input[type=number]")
        assert number.input_value() == "4"
        page.close()
    # the manager's own schema library talks to itself
    rest = [x for x in watch.faults if "strict mode: use allow" not in x]
    assert rest == []


def test_a_class_gets_a_site_without_solutions(tmp_path, site):
    small_book(tmp_path, "1 + 1")
    path = tmp_path / "book" / "page.ipynb"
    notebook = nbformat.read(path, 4)
    hidden, kept = "The secret is seventeen.", "Add one to one."
    for name, words in (("Hint", kept), ("Solution", hidden)):
        notebook.cells.append(
            nbformat.v4.new_markdown_cell(
                f"<details>\n<summary>{name}</summary>\n\n{words}\n\n</details>"
            )
        )
    nbformat.write(notebook, path)
    config = tmp_path / "_config.yml"
    text = config.read_text()
    assert text.count("exercise_solutions: true") == 1
    config.write_text(text.replace("solutions: true", "solutions: false"))
    _, html = build(tmp_path)
    found = [
        x for x in html.rglob("*") if x.suffix in (".html", ".js", ".ipynb")
    ]
    words = {x: x.read_text("utf-8", "replace") for x in found}
    assert not [x for x, text in words.items() if "seventeen" in text.lower()]
    assert sum(kept in text for text in words.values()) == 2  # page, notebook
