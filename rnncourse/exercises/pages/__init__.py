"""How exercises and questions look in a notebook and on the page."""
