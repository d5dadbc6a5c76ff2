"""Why a result is wrong: what more examples and small changes tell."""
