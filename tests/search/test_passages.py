"""Plain passages: found by questions in plain language, however they are typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from archive.search import Damaged, Outdated, index_passages, passages, postings, search_passages
from archive.search.folder import Folder

PASSAGES = {
    "报告": "行政机关应当在每年1月31日前向社会公布本机关上一年度政府信息公开工作年度报告。",
    "费用": "行政机关提供政府信息，不收取费用。但是，"
    "申请人申请公开政府信息的数量、频次明显超过合理范围的，可以收取信息处理费。",
    "答复": "行政机关收到政府信息公开申请，能够当场答复的，"
    "应当当场答复；不能当场答复的，应当自收到申请之日起20个工作日内予以答复。",
    "复议": "公民认为行政机关在政府信息公开工作中侵犯其合法权益的，"
    "可以向上一级行政机关投诉，也可以依法申请行政复议或者提起行政诉讼。",
    "图书": "示例图书馆每周一闭馆，其余各日九时至二十一时开放，读者凭证借阅，每次最多借五册。",
    "公交": "示例市12路公交车首班六点半，末班二十二点，途经火车站和人民医院。",
    "English": "The sample museum opens at 9 am; admission is free for Students under 18.",
    "空": "",
}
QUESTIONS = [
    ("年度报告什么时候公布？", "报告"),
    ("申请公开信息要不要收费", "费用"),
    ("信息處理費", "费用"),
    ("多少个工作日内答复申请人", "答复"),
    ("不服可以打官司提起行政诉讼吗", "复议"),
    ("请问图书馆周几闭馆呢", "图书"),
    ("最多能借几册", "图书"),
    ("１２路末班车几点", "公交"),
    ("museum FREE for students", "English"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("passages")
    assert index_passages(path, PASSAGES.items()) == len(PASSAGES)
    return path


@pytest.mark.parametrize(("question", "answer"), QUESTIONS)
def test_questions_find_their_passage(folder: Path, question: str, answer: str) -> None:
    assert search_passages(folder, question, 3)[0] == answer


@pytest.mark.parametrize("key", [key for key, text in PASSAGES.items() if text])
def test_a_passage_finds_itself(folder: Path, key: str) -> None:
    assert search_passages(folder, PASSAGES[key], 1) == [key]


@pytest.mark.parametrize(
    "text", ["", " \n", "？！", "\x00", "鑫龘靐", "😀", "吗", "a" * 100_000, "公 " * 20_000, "(" * 9_999]
)
def test_nothing_typed_is_an_error(folder: Path, text: str) -> None:
    assert len(search_passages(folder, text, 5)) <= 5


def test_limits(folder: Path) -> None:
    everything = search_passages(folder, "行政机关 信息 公开 示例", 100)
    assert len(everything) == len(set(everything)) == 6
    assert search_passages(folder, "行政机关 信息 公开 示例", 2) == everything[:2]
    assert search_passages(folder, "行政机关", 0) == search_passages(folder, "行政机关", -1) == []


def test_question_words_alone_are_searched(tmp_path: Path) -> None:
    index_passages(tmp_path, [("问", "为什么呢"), ("答", "因为")])
    assert search_passages(tmp_path, "为什么") == ["问"]


def test_equal_passages_stand_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "MOST", 60)  # several parts
    assert index_passages(tmp_path, ((str(number), "示例文字") for number in range(30))) == 30
    assert search_passages(tmp_path, "示例", 30) == [str(number) for number in range(30)]


def test_parts_are_of_no_matter(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "MOST", 200)
    index_passages(tmp_path, PASSAGES.items())
    for question, _ in QUESTIONS:
        assert search_passages(tmp_path, question, 9) == search_passages(folder, question, 9)


def test_of_an_id_given_twice_the_last_counts(tmp_path: Path) -> None:
    assert index_passages(tmp_path, [("a", "旧的文字"), ("b", "别的"), ("a", "新的内容")]) == 2
    assert search_passages(tmp_path, "文字") == []
    assert search_passages(tmp_path, "新的内容")[0] == "a"


def test_the_first_of_an_id_given_twice_takes_no_place(tmp_path: Path) -> None:
    index_passages(tmp_path, [("a", "行政复议 诉讼"), ("b", "行政复议的其他说明"), ("a", "诉讼")])
    assert search_passages(tmp_path, "行政复议", 1) == ["b"]


def test_a_new_index_replaces_the_old_one(tmp_path: Path) -> None:
    index_passages(tmp_path, [("旧", "示例文字")])
    assert search_passages(tmp_path, "示例") == ["旧"]
    index_passages(tmp_path, [("新", "示例文字")])
    assert search_passages(tmp_path, "示例") == ["新"]
    index_passages(tmp_path, [])
    assert search_passages(tmp_path, "示例") == []


@pytest.mark.parametrize("late", ["check", "current"])
def test_a_question_may_come_while_an_index_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: str
) -> None:
    index_passages(tmp_path, [("旧", "示例文字")])
    old = next(tmp_path.glob("index-*"))
    moments = iter([lambda: index_passages(tmp_path, [("新", "示例文字")])])
    ask: Any = getattr(Folder, late)

    def replaced_meanwhile(self: Folder, *given: Path) -> Any:
        found = ask(self, *given)
        for replace in moments:
            replace()
        return found

    monkeypatch.setattr(Folder, late, replaced_meanwhile)
    assert search_passages(tmp_path, "示例") == ["新"]
    assert not old.exists()


def test_a_build_that_fails_leaves_the_old_index(tmp_path: Path) -> None:
    def broken() -> object:
        yield "新", "示例"
        raise OSError("the source is gone")

    index_passages(tmp_path, [("旧", "示例文字")])
    with pytest.raises(OSError, match="gone"):
        index_passages(tmp_path, broken())  # type: ignore[arg-type]
    assert len(list(tmp_path.glob("index-*"))) == 1
    assert search_passages(tmp_path, "示例") == ["旧"]


def test_what_is_no_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="index_passages"):
        search_passages(tmp_path, "示例")
    index_passages(tmp_path, [("a", "示例")])
    (made_by,) = tmp_path.glob("index-*/made_by.json")
    made_by.write_text("{}")
    with pytest.raises(Outdated, match="index_passages"):
        search_passages(tmp_path, "示例")
    made_by.unlink()
    with pytest.raises(Damaged, match="index_passages"):
        search_passages(tmp_path, "示例")


@pytest.mark.parametrize(
    "name", ["passages.json", "keys.npy", "starts.npy", "documents.npy", "counts.npy", "lengths.npy"]
)
@pytest.mark.parametrize("content", [None, b"", b"\x93NUMPY\x01\x00", b"rubbish" * 40, "half"])
def test_a_damaged_index_is_named(tmp_path: Path, name: str, content: bytes | str | None) -> None:
    index_passages(tmp_path, PASSAGES.items())
    (path,) = tmp_path.glob(f"index-*/{name}")
    whole = path.read_bytes()
    path.unlink()
    if content is not None:
        path.write_bytes(whole[: len(whole) * 2 // 3] if isinstance(content, str) else content)
    with pytest.raises(Damaged, match="index_passages"):
        search_passages(tmp_path, "示例")
    index_passages(tmp_path, PASSAGES.items())
    assert search_passages(tmp_path, "示例")


@pytest.mark.parametrize(
    "name", ["passages.json", "passages.sum", "keys.npy", "starts.npy", "documents.npy", "counts.npy", "lengths.npy"]
)
def test_one_wrong_bit_is_damage(tmp_path: Path, name: str) -> None:
    index_passages(tmp_path, PASSAGES.items())
    (path,) = tmp_path.glob(f"index-*/{name}")
    whole = path.read_bytes()
    for place in range(0, len(whole), len(whole) // 12):
        harmed = bytearray(whole)
        harmed[place] ^= 1 << place % 8
        path.write_bytes(harmed)
        with pytest.raises(Damaged, match="index_passages"):
            search_passages(tmp_path, "示例")


@pytest.mark.parametrize("name", ["starts.npy", "documents.npy"])
def test_files_may_be_damaged_while_they_are_open(tmp_path: Path, name: str) -> None:
    index_passages(tmp_path, PASSAGES.items())
    assert search_passages(tmp_path, "行政机关")
    (path,) = tmp_path.glob(f"index-*/{name}")
    mapped = np.load(path, mmap_mode="r+")
    mapped += mapped.dtype.type(10**9)
    mapped.flush()
    with pytest.raises(Damaged, match="index_passages"):
        search_passages(tmp_path, "行政机关")


def test_a_posting_of_no_passage_is_damage(tmp_path: Path) -> None:
    index_passages(tmp_path, [("a", "示例"), ("b", "示例")])
    (path,) = tmp_path.glob("index-*/documents.npy")
    np.save(path, np.load(path) + np.uint32(7))
    with pytest.raises(Damaged, match="index_passages"):
        search_passages(tmp_path, "示例")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("示例")
    with pytest.raises(NotADirectoryError, match="file is a file"):
        index_passages(tmp_path / "file", [])
    with pytest.raises(NotADirectoryError, match="file is a file"):
        search_passages(tmp_path / "file", "示例")


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ([(7, "示例")], "id of passage 1 is not text but '7'"),
        ([("a", "示例"), ("b", None)], "text of passage 2 is not text but 'None'"),
        ([("a", b"x")], "text of passage 1"),
        (["ab"], "passage 1 is not a pair"),
        ([("a", "b", "c")], "passage 1 is not a pair"),
        ({"ab": "示例"}, "passage 1 is not a pair"),
    ],
)
def test_only_pairs_of_texts_are_taken(tmp_path: Path, given: Any, named: str) -> None:
    index_passages(tmp_path, [("旧", "示例")])
    with pytest.raises(TypeError, match=named):
        index_passages(tmp_path, given)
    assert search_passages(tmp_path, "示例") == ["旧"]
    with pytest.raises(TypeError, match="a question is text, not NoneType"):
        search_passages(tmp_path, None)  # type: ignore[arg-type]


def test_any_text_is_an_id(tmp_path: Path) -> None:
    ids = ["", "\ud800", "a\x00b", "长" * 50_000, '"\\', "😀"]
    assert index_passages(tmp_path, ((key, "示例文字") for key in ids)) == len(ids)
    assert search_passages(tmp_path, "示例", 10) == ids


def test_long_and_odd_passages(tmp_path: Path) -> None:
    texts = {
        "长": "关于税务公示的说明。" * 250_000,
        "控制": "\x00\x01税\x7f务\u200b公\x1b示\r\n",
        "符号": "+-*/" * 999,
        "混": "a1" * 99_999,
        "坏": "\udfff\ud800",
    }
    assert index_passages(tmp_path, texts.items()) == len(texts)
    assert set(search_passages(tmp_path, "税务公示")) == {"长", "控制"}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("sign", ["a", "1"])
def test_a_run_of_letters_or_digits_is_read_once(tmp_path: Path, sign: str) -> None:
    run = sign * 300_000
    index_passages(tmp_path, [("长", f"{run} 示例"), ("混", f"{run}b2")])
    assert search_passages(tmp_path, "示例") == ["长"]
    assert search_passages(tmp_path, "b2" if sign == "1" else "2") == ["混"]
    assert set(search_passages(tmp_path, sign * 5_000)) == {"长", "混"}


ODD = {
    "纳税": "纳税人应当按期申报。",
    "手机": "iPhone13的价格比上一代贵。",
    "旧手机": "iPhone12的价格已经下调。",
    "cpp": "用C++写的程序运行很快。",
    "c": "用C写的程序也快。",
    "c#": "用C＃开发桌面软件。",
    "net": "在.NET平台上运行。",
    "度": "室温保持在26℃。",
    "笑": "今天心情😀不错",
    "哭": "今天心情😭很差",
    "日": "ひらがなで書かれた文章",
    "韩": "한국어문장입니다",
    "期限": "应当在二十个工作日内办结。",
    "软件": "安装打印机的软件与驱动程序。",
}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("税", "纳税"),
        ("iphone 13", "手机"),
        ("iPhone13", "手机"),
        ("iphone 12多少钱", "旧手机"),
        ("C++", "cpp"),
        ("Ｃ＋＋怎么学", "cpp"),
        ("c# 教程", "c#"),
        (".NET", "net"),
        ("℃", "度"),
        ("😀", "笑"),
        ("😭 怎么办", "哭"),
        ("書かれた", "日"),
        ("국어", "韩"),
        ("20个工作日", "期限"),
        ("印表機軟體", "软件"),
        ("驅動程式", "软件"),
    ],
)
def test_odd_words_are_found(tmp_path_factory: pytest.TempPathFactory, question: str, answer: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "odd"
    if not folder.exists():
        index_passages(folder, ODD.items())
    assert search_passages(folder, question, 1) == [answer]


def test_frequent_terms_order_what_the_rare_ones_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"示例第{number}号文字" + "补充" * (number % 3) for number in range(90)]
    index_passages(tmp_path, ((str(number), text) for number, text in enumerate(texts)))
    asked = "示例第57号补充文字"
    everything = search_passages(tmp_path, asked, 90)
    monkeypatch.setattr(passages, "EVERYWHERE", 5)
    monkeypatch.setattr(passages, "AHEAD", 10)
    assert everything[0] == search_passages(tmp_path, asked, 1)[0] == "57"
    assert search_passages(tmp_path, asked, 90) == everything
