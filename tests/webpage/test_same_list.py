"""Which addresses name the same list page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.webpage import source_address, source_key
from migrations import source_keys

LIST = "http://www.shili.gov.cn/nb/list.html?a=1&b=2"


@pytest.mark.parametrize(
    "spelling",
    [
        "https://www.shili.gov.cn/nb/list.html?a=1&b=2",
        "http://WWW.Shili.GOV.cn/nb/list.html?a=1&b=2",
        "http://www.shili.gov.cn./nb/list.html?a=1&b=2",
        "http://shili.gov.cn:80/nb/list.html?a=1&b=2",
        "https://shili.gov.cn:443/nb/list.html?a=1&b=2",
        "http://www.shili.gov.cn//nb/x/.././list.html?a=1&b=2",
        "http://www.shili.gov.cn/n%62/list%2ehtml?a=%31&b=2",
        "http://www.shili.gov.cn/nb/list.html?&a=1&&b=2&#top",
    ],
)
def test_spellings_of_one_list(spelling: str) -> None:
    assert source_key(spelling) == source_key(LIST)


@pytest.mark.parametrize(
    "other",
    [
        "http://www.shili.gov.cn/nb/list.html",
        "http://www.shili.gov.cn/nb/list.html?a=1&b=3",
        "http://www.shili.gov.cn/nb/list.html?b=2&a=1",
        "http://www.shili.gov.cn/nb/list.html?a=1&b=2&c=",
        "http://www.shili.gov.cn/NB/list.html?a=1&b=2",
        "http://www.shili.gov.cn/nb/list%2fhtml?a=1&b=2",
        "http://www.shili.gov.cn:8080/nb/list.html?a=1&b=2",
        "https://www.shili.gov.cn:80/nb/list.html?a=1&b=2",
        "http://zwgk.shili.gov.cn/nb/list.html?a=1&b=2",
        "http://www.shili.gov.cn/nb/list.html?a=1&b=2#1027",
        "http://www.shili.gov.cn/nb/list.html?a=1&b=2#/list/3",
    ],
)
def test_other_lists(other: str) -> None:
    assert source_key(other) != source_key(LIST)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("http://a.cn", "http://a.cn/"),
        ("http://a.cn/nb", "http://a.cn/nb/"),
        ("http://a.cn/nb/", "http://a.cn/nb/index.html"),
        ("http://a.cn/nb/", "http://a.cn/nb/Index.HTM"),
        ("http://a.cn/nb/?p=1", "http://a.cn/nb/default.aspx?p=1"),
        ("http://示例.cn/年报/", "http://xn--fsq092h.cn/%e5%b9%b4%E6%8A%A5"),
        ("http://a.cn/100%", "http://a.cn/100%25"),
        ("http://a.cn/..//.", "http://a.cn"),
        ("http://[::1]:80/", "http://[::1]"),
    ],
)
def test_folders_their_pages_and_signs_encoded_or_not(one: str, same: str) -> None:
    assert source_key(one) == source_key(same)


def test_what_is_another_page_of_a_folder_stays_one() -> None:
    pages = ("", "index_1.html", "index.jsp", "list", "default", "index.html.bak")
    keys = {source_key(f"http://a.cn/nb/{page}") for page in pages}
    assert len(keys) == len(pages)
    assert source_key("http://www.cn/") != source_key("http://cn/")


def test_long_keys_are_bounded_and_still_one_for_each_address() -> None:
    keys = {source_key(f"http://a.cn/{'年' * 600}{end}") for end in "abc"}
    assert len(keys) == 3
    assert max(map(len, keys)) <= 500


STEPS = st.lists(
    st.text("abN年报 %.-~_2;@!'", min_size=1, max_size=6).filter(
        lambda step: step.strip(". ") == step and "%" not in step
    ),
    max_size=4,
)


@given(STEPS, st.lists(st.sampled_from(["a=1", "b=", "年=报"]), max_size=3))
def test_spellings_of_any_address(steps: list[str], query: list[str]) -> None:
    tail = f"?{'&'.join(query)}" if query else ""
    plain = f"http://shili.gov.cn/{'/'.join(steps)}{tail}"
    noisy = "/".join(
        f"x/../{''.join(f'%{byte:02x}' for byte in step.encode())}/." for step in steps
    )
    noisy_tail = f"?&{'&&'.join(query)}&" if query else "?"
    spelled = f"https://WWW.SHILI.gov.cn.:443//{noisy}{noisy_tail}#top"
    # A reserved sign that is encoded means itself: those stay apart.
    reserved = set(";@!'") & set("".join(steps))
    assert reserved or source_key(plain) == source_key(spelled)
    assert source_key(f"{plain}#12") not in {source_key(plain), source_key(spelled)}


@given(st.text(max_size=80))
def test_whatever_is_typed_has_a_key_that_holds_no_blank(text: str) -> None:
    for address in (text, f"http://a.cn/{text}", f"http://{text}/"):
        key = source_key(address)
        assert " " not in key
        assert key.isprintable()
        assert len(key) <= 500
        assert key == source_key(f" {address}\n")
        assert key == source_keys.source_key(address)


@given(st.text("ab:/?#[]@.%年01w", max_size=30))
def test_a_key_leads_to_a_key(text: str) -> None:
    """Spelled by its own key an address is the same source."""
    try:
        address = source_address(f"http://a.cn/{text}")
    except ValueError:
        return
    key = source_key(address)
    assert source_key(f"http://{key}") == key
