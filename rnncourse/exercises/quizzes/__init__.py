"""The questions of each chapter, one file a chapter."""
