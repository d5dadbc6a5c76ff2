"""The cards of each chapter, one file a chapter."""
