"""The space in which texts are compared, in whole numbers from the stored ones on.

Each word owns a vector of whole numbers, which `text_decomposition` finds and the vocabulary stores. A text's vector
(`vector_of`) is the sum of its words' vectors, a word that stands in it more often counting more, brought to one length
and rounded to four bits a dimension. What follows is whole numbers and one root, so every machine makes the same of the
same stored vectors.
"""

from collections.abc import Mapping
from math import isqrt, log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.models.ranking import DIMENSIONS

STEPS = 7  # a dimension of a text's vector is a whole number from -7 to 7: four bits
# Steps in ten lengths of a text: they end at 2.5 standard deviations of a dimension, each a sixteenth of the length.
STEPS_PER_LENGTH = 448
MOST_TIMES = 64  # from which number of times on a word counts no more
PACKED_WORD = np.dtype(">i2")  # as a word's vector is stored

Array = NDArray[Any]
Vectors = Mapping[str, Array]
# What a word that stands n times counts, in sixteenths: 1 + ln n.
TIMES = [0, *(round(16 * (1 + log(times))) for times in range(1, MOST_TIMES + 1))]


def vector_of(text: Mapping[str, int], vectors: Vectors) -> Array:
    """A text's vector: whole numbers from -7 to 7, all nought where none of its words is known."""
    known = [(TIMES[min(times, MOST_TIMES)], vectors[word]) for word, times in text.items() if word in vectors]
    if not known:
        return np.zeros(DIMENSIONS, np.int8)
    times, rows = zip(*known, strict=True)
    total = np.array(times, np.int64) @ np.array(rows, np.int64)
    largest = int(np.abs(total).max())
    total >>= max(0, largest.bit_length() - 24)  # so that the sum of the squares is exact
    length = isqrt(int(total @ total))
    if not length:
        return np.zeros(DIMENSIONS, np.int8)
    nearest = (2 * STEPS_PER_LENGTH * total + 10 * length) // (20 * length)
    return np.clip(nearest, -STEPS, STEPS).astype(np.int8)


def square_of(vector: Array) -> int:
    """The squared length of a text's vector."""
    whole = vector.astype(np.int64)
    return int(whole @ whole)


def planes_of(vector: Array) -> tuple[str, str, str, str]:
    """The bits of its numbers as bit strings, in two's complement: ones, twos, fours, and eights, which count -8."""
    bits = np.where(vector < 0, vector.astype(np.int16) + 16, vector)
    one, two, four, eight = ("".join("1" if bit else "0" for bit in bits >> place & 1) for place in range(4))
    return one, two, four, eight


def from_planes(ones: Array, twos: Array, fours: Array, eights: Array) -> Array:
    """The vectors again, a row each; the planes are packed bits (uint8), a row each."""
    planes = (np.unpackbits(plane, axis=-1).astype(np.int8) for plane in (ones, twos, fours, eights))
    one, two, four, eight = planes
    return np.asarray(one + 2 * two + 4 * four - 8 * eight, np.int8)
