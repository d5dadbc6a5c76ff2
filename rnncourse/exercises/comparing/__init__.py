"""Two results side by side: are they the same, and where are they not?"""
