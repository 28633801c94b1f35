"""Plain passages: found by questions in plain language, however they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.search import Damaged, Outdated, index_passages, passages, search_passages

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
    monkeypatch.setattr(passages, "BATCH", 7)  # several segments
    assert index_passages(tmp_path, ((str(number), "示例文字") for number in range(30))) == 30
    assert search_passages(tmp_path, "示例", 30) == [str(number) for number in range(30)]


def test_segments_are_of_no_matter(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "BATCH", 2)
    index_passages(tmp_path, PASSAGES.items())
    for question, _ in QUESTIONS:
        assert search_passages(tmp_path, question, 9) == search_passages(folder, question, 9)


def test_of_an_id_given_twice_the_last_counts(tmp_path: Path) -> None:
    assert index_passages(tmp_path, [("a", "旧的文字"), ("b", "别的"), ("a", "新的内容")]) == 2
    assert search_passages(tmp_path, "文字") == []
    assert search_passages(tmp_path, "新的内容")[0] == "a"


def test_a_new_index_replaces_the_old_one(tmp_path: Path) -> None:
    index_passages(tmp_path, [("旧", "示例文字")])
    assert search_passages(tmp_path, "示例") == ["旧"]
    index_passages(tmp_path, [("新", "示例文字")])
    assert search_passages(tmp_path, "示例") == ["新"]
    index_passages(tmp_path, [])
    assert search_passages(tmp_path, "示例") == []


def test_a_build_that_fails_leaves_the_old_index(tmp_path: Path) -> None:
    def broken() -> object:
        yield "新", "示例"
        raise OSError("the source is gone")

    index_passages(tmp_path, [("旧", "示例文字")])
    with pytest.raises(OSError, match="gone"):
        index_passages(tmp_path, broken())  # type: ignore[arg-type]
    assert search_passages(tmp_path, "示例") == ["旧"]


def test_what_is_no_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="index_passages"):
        search_passages(tmp_path, "示例")
    index_passages(tmp_path, [("a", "示例")])
    (made_by,) = tmp_path.glob("index-*/made_by.json")
    made_by.write_text("{}")
    with pytest.raises(Outdated):
        search_passages(tmp_path, "示例")
    made_by.unlink()
    with pytest.raises(Damaged):
        search_passages(tmp_path, "示例")
