"""Everything drawn: plots, diagrams, and sliders that need no kernel.

Each is a picture on a page: an SVG that follows the page's theme, with words
for every reader (`rnncourse.pictures.picture.Picture`)::

    from rnncourse.pictures import diagrams, plots
    from rnncourse.pictures.slider import slider
"""
