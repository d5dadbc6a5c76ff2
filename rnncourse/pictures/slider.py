"""A slider that needs no kernel, no server and no script file.

All frames are drawn beforehand and lie on top of each other; a native
``<input type="range">`` shows one of them. It works on the static page, in
JupyterLab and in Colab, with the keyboard and a screen reader.
"""

import re
from html import escape

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_ID = re.compile(r'\sid="([^"]+)"')
_CAPTION = re.compile(r"<figcaption[^>]*>(.*?)</figcaption>", re.DOTALL)

# Looks only inside its own slider, so that several can share a page.
_HANDLER = """
const slider = this.closest('.rnn-slider'), now = +this.value;
slider.querySelectorAll('.rnn-frame').forEach((frame, i) => {
  frame.style.visibility = i === now ? 'visible' : 'hidden';
  if (i === now) {
    this.setAttribute('aria-valuetext', frame.dataset.says);
    slider.querySelector('output').value = frame.dataset.says;
  }
});
"""

_FRAME = """\
<div class="rnn-frame" data-says="{says}"
 style="grid-area:1/1;min-width:0;visibility:{visibility}">{html}</div>"""

# data-lm-suppress-shortcuts keeps JupyterLab from taking the arrow keys, with
# which it folds headings.
_SLIDER = """\
<div class="rnn-slider" role="group" aria-label="{label}" style="margin:1em 0">
<div style="display:grid;align-items:center">
{frames}
</div>
<div id="{name}-control" style="max-width:36rem;margin:0 auto">
<label for="{name}-range">{label}</label>
<input type="range" id="{name}-range" data-lm-suppress-shortcuts="true"
 min="0" max="{last}" step="1" value="{start}" aria-valuetext="{says}"
 autocomplete="off" oninput="{handler}"
 style="display:block;width:100%;height:2rem;margin:0;accent-color:var(--rnn-rnn,#0072B2)">
<output for="{name}-range" aria-live="off">{says}</output>
</div>
<noscript><style>#{name}-control{{display:none}}</style></noscript>
</div>"""


class Slider:
    """Frames and the slider between them; made by `slider`.

    Parameters
    ----------
    html : str, what a page shows
    summary : str, what a terminal shows
    """

    def __init__(self, html, summary):
        self._html = html
        self._summary = summary

    def __repr__(self):
        return self._summary

    def _repr_html_(self):
        return self._html


def slider(frames, label, name, describe=None, start=0):
    """Pictures that a slider steps through.

    Parameters
    ----------
    frames : pictures: anything with ``_repr_html_``, or matplotlib figures
    label : what the slider moves through, such as "Word of the sentence"
    name : lower-case slug, unique on its page; every id starts with it
    describe : function of the frame's index, or a list: what each frame
        shows, in words. Shown below the slider and read aloud. "3 of 7" if
        missing; required for matplotlib figures
    start : the frame first seen, and the only one without JavaScript

    Returns
    -------
    Slider, which notebooks display

    Raises
    ------
    ValueError
        If there is no frame, `start` is not one of them, `label` is empty,
        `name` is no slug, the descriptions do not match the frames, or two
        frames share an id.

    >>> from rnncourse.pictures.picture import Picture
    >>> frames = [Picture("<svg></svg>", "a", "b", 300)] * 3
    >>> slider(frames, label="Step", name="steps")
    [slider] Step: 3 frames
    """
    frames = list(frames)
    if not frames:
        raise ValueError("frames is empty; a slider needs at least one")
    if start not in range(len(frames)):
        raise ValueError(
            f"start is {start}; it should be 0 … {len(frames) - 1}"
        )
    if not label.strip():
        raise ValueError("label is empty; say what the slider moves through")
    if not _NAME.fullmatch(name):
        raise ValueError(f"name is {name!r}; it should be a slug: 'walk-rnn'")
    says = _descriptions(describe, len(frames))
    pictures = [
        _html(frame, words if describe else "", f"{name}-{i}")
        for i, (frame, words) in enumerate(zip(frames, says, strict=True))
    ]
    ids = _ID.findall("".join(pictures))
    if len(ids) != len(set(ids)):
        raise ValueError(
            f"two frames of {name!r} share an id; give each its own name"
        )
    html = _SLIDER.format(
        frames="\n".join(
            _FRAME.format(
                says=escape(words),
                visibility="visible" if i == start else "hidden",
                html=picture,
            )
            for i, (words, picture) in enumerate(
                zip(says, pictures, strict=True)
            )
        ),
        name=name,
        label=escape(label),
        last=len(frames) - 1,
        start=start,
        says=escape(says[start]),
        handler=escape(" ".join(_HANDLER.split())),
    )
    return Slider(html, f"[slider] {label}: {len(frames)} frames")


def _descriptions(describe, n):
    """One sentence a frame."""
    if describe is None:
        return [f"{i + 1} of {n}" for i in range(n)]
    says = [describe(i) for i in range(n)] if callable(describe) else describe
    says = [str(words) for words in says]
    if len(says) != n or not all(words.strip() for words in says):
        raise ValueError(
            f"describe has {len(says)} sentences for {n} frames; "
            "expected one, not empty, for each"
        )
    return says


def _html(frame, says, name):
    """One frame's HTML; a matplotlib figure goes through `plots.show`."""
    if hasattr(frame, "savefig"):
        from rnncourse.pictures import plots

        frame = plots.show(frame, alt=says, caption=says, name=name)
    elif not hasattr(frame, "_repr_html_"):
        raise ValueError(
            f"a frame is a {type(frame).__name__}; it should be a picture "
            "with _repr_html_ or a matplotlib figure"
        )

    def once(caption):
        """With scripts, the slider says the same below."""
        said = caption[1] == escape(says)
        return f"<noscript>{caption[0]}</noscript>" if said else caption[0]

    return _CAPTION.sub(once, frame._repr_html_())
