"""The small worlds of the course, one module a task.

Every module draws from a passed ``np.random.Generator`` (always the first
argument) or reads what the interpreter already holds; nothing is downloaded.
Arrays are time-major: token ids ``(T, B)``, floats ``(T, B, D)``.
"""
