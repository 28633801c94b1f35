"""A portal whose pages hold a title and nothing else: the report is a file, given out by a
program or opened by a click.
"""

from __future__ import annotations

from tests.portals import pages
from tests.portals.answers import Answer, Asked, not_there
from tests.portals.kinds.kind import Kind, markup, rows, shell
from tests.portals.reports import report_of

_FILES = "/k/files/"
AS_FILES = (report_of("示例市教育局", 2022), report_of("示例市公安局", 2021))


def _address(item: pages.Item) -> str:
    return f"{_FILES}{item.number}.html"


def _link(item: pages.SampleReport) -> str:
    """How a page leads to its file."""
    if item.kind == "docx":
        program = "/module/download/downfile.jsp?classid=0"
        href = f"{program}&showname={item.title}.docx&filename={item.number}.docx"
        return f'<a href="{href}">{item.title}</a>'
    path = f"{_FILES}f/{item.file_name}"
    return (
        f"<a href='javascript:void(0)' onclick=\"downloadFile('{path}')\">附件下载</a>"
    )


def files(asked: Asked) -> Answer | None:
    """Two pages, each with a file in its own manner."""
    from tests.portals.server import FILES

    for item in AS_FILES:
        name = asked.query.get("filename", asked.path.rsplit("/", 1)[-1])
        is_program = asked.path == "/module/download/downfile.jsp"
        is_own = is_program or asked.path.startswith(_FILES)
        if is_own and name in {f"{item.number}.docx", item.file_name}:
            body = (FILES / item.file_name).read_bytes()
            return Answer(200, body, "application/octet-stream")
        if asked.path == _address(item):
            links = f'<div class="related-links">{_link(item)}</div>'
            return markup(shell(f"<h1>{item.title}</h1>{links}", item.title))
    if asked.path == f"{_FILES}index.html":
        return markup(shell(f"<ul>{rows(AS_FILES, _address)}</ul><p>共2条 1/1页</p>"))
    return not_there(404) if asked.path.startswith(_FILES) else None


IN_FILES = (Kind("files", "generic", f"{_FILES}index.html", files, AS_FILES, files=2),)
