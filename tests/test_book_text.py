"""Promises of the pages: every term has its page, every paper is cited."""

import json
import re
from pathlib import Path

import pytest

BOOK = Path(__file__).resolve().parents[1] / "book"
ROOT = BOOK.parent

#: Terms of the notes, and the course's own, that a reader may look up.
TERMS = """
隐状态 循环建模 顺序计算 计算速度 变体 自然推广 正向 反向 倒序 树状 语法结构
褒义词 贬义词 间隔 延迟 未分割 动态时间行为 串联 依赖关系 反向传播 放缩
计算能力 循环神经网络 递归神经网络 前馈神经网络 双向循环神经网络 隐藏层
权值矩阵 偏置向量 激活函数 阿达玛乘积 拼接 矩阵加法 意图识别 完形填空
短期记忆问题 长期依赖 梯度消失 梯度爆炸 输入门 遗忘门 输出门 细胞状态
重置门 更新门 栈 学习率 过拟合 泛化 时间序列 并行计算 注意力 编码器
解码器 束搜索 教师强制 词嵌入 困惑度 空白符 残差连接 梯度裁剪 门控
前缀扫描
""".split()


def rows():
    """The glossary's rows: (English, Chinese, meaning, chapters)."""
    lines = (BOOK / "glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [line.strip("|").split("|") for line in lines if line[:1] == "|"]
    return [x for x in cells if "{doc}" in x[-1]]


@pytest.mark.parametrize("term", TERMS)
def test_a_term_stands_in_the_glossary_with_its_page(term):
    assert any(term in row[1] + row[2] for row in rows()), term


def test_every_row_names_a_page_that_exists():
    for row in rows():
        for page in re.findall(r"\{doc\}`(?:[^`<]*<)?([^`>]+)", row[-1]):
            assert list(BOOK.glob(f"{page}.*")), page
        assert len(row) == 4, row


def test_no_term_has_two_rows():
    english = [row[0].strip() for row in rows()]
    assert len(english) == len(set(english))


def test_no_two_pages_share_a_name():
    """Readers' notebooks know a page by it, and lie in one folder."""
    toc = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    names = re.findall(r"file: book/(?:\w+/)*(\w+)", toc)
    assert len(names) == len(set(names)) > 25


def texts():
    """What may cite: pages, and the docstrings that become pages."""
    for path in BOOK.glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            yield "".join(cell["source"])
    for path in BOOK.glob("*.md"):
        yield path.read_text(encoding="utf-8")
    for path in (ROOT / "rnncourse").rglob("*.py"):
        yield path.read_text(encoding="utf-8")


def test_every_paper_is_cited_and_every_citation_is_there():
    bib = (BOOK / "references.bib").read_text(encoding="utf-8")
    there = re.findall(r"^@\w+\{([^,]+),", bib, re.M)
    cited = {
        key.strip()
        for text in texts()
        for keys in re.findall(r"\{cite(?::\w+)?\}`([^`]+)`", text)
        for key in keys.split(",")
    }
    assert len(there) == len(set(there))
    assert cited == set(there)
