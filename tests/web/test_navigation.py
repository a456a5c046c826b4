import pytest

from fleet.models import User
from fleet.web import navigation
from fleet.web.navigation import Navigation, Page, register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gallery")]


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three pages of two sections, and one that needs a permission which nobody holds."""
    monkeypatch.setattr(navigation, "_pages", {})
    register(
        Page(section="Settings", title="Help", url_name="help:index"),
        Page(section="Sites", title="Components", url_name="gallery-components", order=2),
        Page(section="Sites", title="Sites", url_name="sites", permissions=("sites.view",), order=1),
        Page(section="Today", title="Work", url_name="gallery-work", permissions=("nothing.of-the-kind",)),
    )


def titles(links: list[navigation.Link]) -> list[tuple[str, str]]:
    return [(link.title, link.current) for link in links]


def test_sections_stand_in_their_order_and_only_where_permitted(it_manager: User, staff_user: User) -> None:
    assert titles(Navigation(it_manager, "/").sections) == [("Sites", ""), ("Settings", "")]
    assert Navigation(it_manager, "/").sections[0].url == "/sites/"
    assert Navigation(staff_user, "/").sections[0].url == "/components/"


def test_an_object_below_a_list_belongs_to_it(it_manager: User) -> None:
    there = Navigation(it_manager, "/sites/NG/")
    assert titles(there.sections) == [("Sites", "true"), ("Settings", "")]
    assert titles(there.siblings) == [("Sites", "true"), ("Components", "")]


def test_a_section_of_one_page_has_no_sub_navigation(staff_user: User) -> None:
    assert Navigation(staff_user, "/components/").siblings == []
    assert titles(Navigation(staff_user, "/components/").sections)[0] == ("Sites", "page")


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(ValueError, match="Elsewhere is not one of Today, Fleet"):
        register(Page(section="Elsewhere", title="x", url_name="x"))
