"""A page as its reader's software sees it."""

from __future__ import annotations

import itertools

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

CITY, COUNTY, HOSTILE = (
    "990100-shilishishangwuju",
    "990121-shilixianshangwuju",
    "990102-shiliqusifaju",
)
GOVERNMENT = "990100-shilishirenminzhengfu"


class Page:
    """An HTML answer, parsed."""

    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.source = response.get_data(as_text=True)
        self.tree = html.document_fromstring(self.source)

    def all(self, path: str) -> list[html.HtmlElement]:
        return list(self.tree.xpath(path))

    def text(self, path: str = "//main") -> str:
        return " ".join(
            " ".join(part.text_content() for part in self.all(path)).split()
        )

    @property
    def ids(self) -> list[str]:
        return [str(one) for one in self.all("//@id")]


def page(client: FlaskClient, address: str, status: int = 200) -> Page:
    response = client.get(address)
    assert response.status_code == status, f"{address}: {response.status_code}"
    assert response.mimetype == "text/html"
    return Page(response)


def wrong_with(one: Page) -> list[str]:
    """What a person with a screen reader or a keyboard would stumble over."""
    wrong = []
    for path, count in (
        ("//h1", 1),
        ("//main", 1),
        ("//header", 1),
        ("//footer", 1),
        ("//head/title", 1),
    ):
        if len(one.all(path)) != count:
            wrong.append(f"{path}: {len(one.all(path))}")
    wrong += [] if one.all("/html[@lang='zh-CN']") else ["no language"]
    wrong += [] if one.all("//body/a[1][@href='#main']") else ["no skip link"]
    labels = set(one.all("//label/@for"))
    fields = one.all("//input[not(@type='hidden')] | //select | //textarea")
    wrong += [
        f"no label: {field.get('name')}"
        for field in fields
        if field.get("id") not in labels
    ]
    wrong += [f"twice: #{name}" for name in set(one.ids) if one.ids.count(name) > 1]
    wrong += ["table without caption" for _ in one.all("//table[not(caption)]")]
    wrong += [
        "heading cell without scope"
        for _ in one.all("//table[not(@class='printed')]//th[not(@scope)]")
    ]
    wrong += [
        "empty link" for link in one.all("//a") if not link.text_content().strip()
    ]
    wrong += [
        "inline style or script"
        for _ in one.all("//*[@style] | //style | //script[not(@src)] | //*[@onclick]")
    ]
    wrong += [
        f"leads nowhere: {href}"
        for href in one.all("//a/@href")
        if href[:1] == "#" and href[1:] not in one.ids
    ]
    wrong += [
        f"not ours: {source}"
        for source in one.all("//@src | //link[@rel='stylesheet']/@href")
        if source[0] != "/"
    ]
    levels = [int(heading.tag[1]) for heading in one.all("//h1|//h2|//h3|//h4")]
    wrong += [f"h{a} then h{b}" for a, b in itertools.pairwise(levels) if b > a + 1]
    return wrong
