"""Outputs as they look where nothing has been run yet.

GitHub, and JupyterLab before a notebook is trusted, show no script, no inline
SVG and no button. So what a reader's notebook stores is a picture as a
picture, of a slider the frame that it starts with, and of questions their
words. Whoever runs the cell has the real thing in its place.
"""

import ast
import base64
import re
from html import escape, unescape

import nbformat

from rnncourse.exercises import quizzes

GLUED = "application/papermill.record/text/plain"
FIGURE = re.compile(
    r'<figure class="rnn-figure" style="[^"]*?(?:max-width:(\d+)px)?">'
    r"(<svg.*?</svg>)"
    # what a slider says below is no caption
    r"(?:<noscript>.*?</noscript>|<figcaption[^>]*>(.*?)</figcaption>)"
    r"</figure>",
    re.DOTALL,
)
SLIDER = re.compile(
    r'<div class="rnn-slider" role="group" aria-label="([^"]*)"'
)
FRAME = re.compile(
    r'<div class="rnn-frame" data-says="([^"]*)"\s+style="[^"]*'
    r'visibility:visible">(.*?)</div>\s*<(?:div class="rnn-frame"|/div)',
    re.DOTALL,
)
# a picture has no page around it that would give it a font or a ground
GROUND = (
    "font-family:'DejaVu Sans',Verdana,Helvetica,sans-serif;"
    "color:#1a1a1a;background:#fff;"
)
# one cell alone would not run: it needs those above
MOVE = "Choose Run All to have a slider here."
ANSWER = "*Choose **Run All**, and you can answer here.*"


def glued(cells):
    """Return what cells have glued: {name: text}."""
    return {
        output.metadata["scrapbook"]["name"]: ast.literal_eval(
            output.data[GLUED]
        )
        for cell in cells
        for output in cell.get("outputs", [])
        if GLUED in output.get("data", {})
    }


def still(cell):
    """Return the outputs of a cell as a reader sees them before running it."""
    tags = cell.metadata.get("tags", [])
    if {"colab", "remove-cell", "remove-output"} & set(tags):
        return []
    kept = []
    told = {f"{name}: {text}" for name, text in glued([cell]).items()}
    for output in cell.outputs:
        if output.get("name") == "stderr":
            continue
        if output.get("name") == "stdout" and told:
            output = _untold(output, told)
            if not output.text:
                continue
        data = output.get("data", {})
        if GLUED in data:
            continue
        output = nbformat.from_dict(output)
        if "quiz" in tags:
            output.data = {"text/markdown": questions(cell.source)}
        elif "text/html" in data:
            output.data["text/html"] = picture(data["text/html"])
        kept.append(output)
    return kept


def _untold(output, told):
    """What a cell has printed, without what `glue` has."""
    lines = "".join(output.text).splitlines(keepends=True)
    left = [x for x in lines if x.rstrip("\n") not in told]
    return nbformat.from_dict({**output, "text": "".join(left)})


def picture(html):
    """Return HTML with its inline drawings as pictures."""
    if slider := SLIDER.search(html):
        says, html = FRAME.search(html).groups()
        html += f"<p><em>{_stands(slider[1], says)}. {MOVE}</em></p>"
    return FIGURE.sub(_image, html)


def _stands(label, says):
    """Where a slider stands: "Rate: 0.9", but not "Step: step 3"."""
    says = says.rstrip(".")
    first, *_, last = [re.escape(x) for x in label.split() * 2]
    if not re.search(rf"\b({first}|{last})", says, re.I):
        return f"{label}: {says}"
    first = says.split()[0]
    return first.capitalize() + says[len(first) :] if len(first) > 1 else says


def _image(figure):
    """One drawing as a picture, with its caption."""
    width, svg, caption = figure.groups()
    alt = unescape(re.search(r'aria-label="([^"]*)"', svg)[1])
    svg = svg.replace('style="', f'style="{GROUND}', 1)
    code = base64.b64encode(svg.encode()).decode()
    size = f' width="{width}"' if width else ""
    return (
        f'<p><img src="data:image/svg+xml;base64,{code}" '
        f'alt="{escape(alt)}"{size}></p>'
    ) + (f"<p>{caption}</p>" if caption else "")


def questions(source):
    """Return the questions of a quiz's cell, and what there is to choose."""
    calls = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)]
    quiz = quizzes.of_chapter(calls[-1].args[0].value)
    lines = []
    for number, question in enumerate(quiz.questions, start=1):
        lines.append(f"{number}. {question.question}")
        for option in getattr(question, "options", ()):
            lines.append(f"   - {option.text}")
    return "\n".join([*lines, "", ANSWER])
