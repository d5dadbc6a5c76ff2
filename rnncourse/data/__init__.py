"""The small worlds of the course, one module a task.

Every module draws from a passed ``np.random.Generator`` (always the first
argument), or reads what the interpreter already holds or a small table beside
it; nothing is downloaded.
Arrays are time-major: token ids ``(T, B)``, floats ``(T, B, D)``.

===================  =====================================================
``intents``          short requests, one of eight intents each
``errands``          two requests: which words say what is done first
``lamp``             a state to remember, and when it is asked for
``noticeboard``      the number last pinned up, among others that were not
``xor``              Elman's stream, every third bit determined
``adding``           the sum of two marked numbers out of T
``copying``          a few symbols, a long wait, the symbols again
``temporal_order``   which of two marks came first
``counting``         languages such as a^n b^n, whose strings must be counted
``waveform``         the next sample of a sum of modulated sines
``series``           sunspots, sea, air and weather; two that are made
``text``             the language reference inside Python
``streams``          a long row of ids, such as a text, as batches
``reversal``         digits to be said backwards
``dates``            written dates to be turned into ISO 8601
``trees``            sentences to be parsed; ``brackets`` writes and scores
``frames``           symbols hidden in noisy frames, for CTC
``tokens``           padding, one-hot rows, what a decoder reads
===================  =====================================================
"""
