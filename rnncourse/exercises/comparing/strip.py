"""Where over time a result goes wrong, as a table and as a strip."""

from html import escape

SIZE, GAP = 28, 4
STRIP = (
    '<svg role="img" viewBox="0 0 {width} {height}" width="{width}" '
    'height="{height}" style="display:block;max-width:100%;margin:0.5em 0" '
    'fill="none" stroke="currentColor" stroke-width="1.5">'
    "<title>{title}</title>{cells}</svg>"
)
RIGHT = '<path d="M{a} {m}l5 5l9 -10"/>'
WRONG = '<path d="M{a} {b}l12 12m0 -12l-12 12" stroke-width="3"/>'
TEXT = (
    '<text x="{x}" y="{y}" fill="currentColor" stroke="none" '
    'text-anchor="middle" font-size="11" font-family="sans-serif">{t}</text>'
)
MOST = 12  # steps a strip can show on a phone


def table(name, gaps):
    """Rows of step and largest difference, "same" where there is none."""
    return {
        "caption": f"{name}, step by step",
        "columns": ["t", "largest difference"],
        "rows": [
            [str(t), "same" if gap == 0 else f"{gap:.1e}"]
            for t, gap in enumerate(gaps, start=1)
        ],
    }


def strip(name, gaps):
    """One box a step, a tick where it is right and a cross where it is not.

    Returns the text of an `<svg>`, or None if there are too many steps.
    """
    if len(gaps) > MOST:
        return None
    cells = []
    for t, gap in enumerate(gaps):
        x = GAP + t * (SIZE + GAP)
        cells.append(
            f'<rect x="{x}" y="{GAP}" width="{SIZE}" height="{SIZE}" rx="4"/>'
        )
        if gap == 0:
            cells.append(RIGHT.format(a=x + 7, m=GAP + 14))
        else:
            cells.append(WRONG.format(a=x + 8, b=GAP + 8))
        middle = x + SIZE / 2
        cells.append(TEXT.format(x=middle, y=SIZE + 18, t=t + 1))
    bad = [str(t) for t, gap in enumerate(gaps, start=1) if gap != 0]
    title = f"{name} is right at every step but t = {', '.join(bad)}"
    if len(bad) == len(gaps):
        title = f"{name} differs at every step"
    return STRIP.format(
        width=GAP + len(gaps) * (SIZE + GAP),
        height=SIZE + 24,
        title=escape(title),
        cells="".join(cells),
    )
