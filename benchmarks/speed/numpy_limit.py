"""The limit: the same exact score in NumPy over everything in memory, best ten. No reasons, never fresh.

Written for itself: it shares nothing with the portal's ranking but its rows, how vectors are stored, and the weights.
"""

from typing import Any

import numpy as np
from django.db import connection

from matching.enums import Criterion
from matching.fit.criteria import WEIGHTS
from matching.fit.text_space import from_planes

Array = np.ndarray
BITS = ("types", "languages", "countries", "own_sectors", "near_sectors", "wanted_sectors", "offers", "seeks")
PLANES = ("ones", "twos", "fours", "eights")
PLAIN = (
    *("profile_id", "visiting", "organisation_id", "country", "takes_part", "eligible", "open_until", "full_until"),
    *("used_up", "physical", "virtual", "first", "last", "working_days", "cross_sector", "musts"),
    *(f"{criterion}_factor" for criterion in Criterion),
)
WEIGHED = ("seeks_weight", "square")
BATCH_SIZE = 5000
# A day as a number; one that is not known lies before all, one without end after all.
DAY = "CASE WHEN {0} IS NULL THEN -1000000 WHEN isfinite({0}) THEN {0} - date '2000-01-03' ELSE 1000000 END AS {0}"
DAYS = ("open_until", "full_until", "first", "last")


def _weekdays(first: Array, last: Array) -> Array:
    """Weekdays from the first to the last day, both included; day 0 is a Monday."""
    until, before = last + 1, first
    return until // 7 * 5 + np.minimum(until % 7, 5) - before // 7 * 5 - np.minimum(before % 7, 5)


def _as_masks(rows: list[Any]) -> Array:
    """bit_send() gives four bytes of length, then the bits; filled up to whole words of 64."""
    width = -(-(len(rows[0]) - 4) // 8) * 8
    data = b"".join(bytes(row[4:]).ljust(width, b"\0") for row in rows)
    return np.frombuffer(data, dtype=np.uint64).reshape(len(rows), width // 8)


def _as_vectors(rows: list[Any]) -> Array:
    """The vectors of which each row gives the planes; float32 holds their products exactly."""
    planes = (np.frombuffer(b"".join(bytes(plane[4:]) for plane in of), np.uint8) for of in zip(*rows, strict=True))
    return from_planes(*(plane.reshape(len(rows), -1) for plane in planes)).astype(np.float32)


def _number(bits: Array) -> Array:
    return np.bitwise_count(bits).sum(axis=-1, dtype=np.int64)


class InMemoryRanking:
    """All hosts and visitors of the rows as they are now."""

    def __init__(self, today: int) -> None:
        self.today = today
        self.columns, self.masks = self._read()
        self.place = {int(number): n for n, number in enumerate(self.columns["profile_id"])}
        self.hosts = np.flatnonzero(~self.columns["visiting"])
        self._host = {name: column[self.hosts] for name, column in self.columns.items()}
        self._host_masks = {name: mask[self.hosts] for name, mask in self.masks.items()}
        self._host_vectors = self.vectors[self.hosts]
        self.met, self.hidden = self._links()
        self.factors = np.array([self.columns[f"{criterion}_factor"] for criterion in Criterion]).T
        self._host_factors = self.factors[self.hosts]
        self.weights = [WEIGHTS[criterion] for criterion in Criterion]
        self._host_numbers = {
            "types": _number(self._host_masks["types"]),
            "languages": _number(self._host_masks["languages"]),
            "wish": _number(self._host_masks["wish"]),
            "countries": _number(self._host_masks["countries"]),
        }

    def _read(self) -> tuple[dict[str, Array], dict[str, Array]]:
        plain = ", ".join(DAY.format(name) if name in DAYS else f"row.{name}" for name in PLAIN)
        bits = ", ".join(f"bit_send({name})" for name in BITS)
        found: list[Any] = []
        masks: dict[str, list[Array]] = {name: [] for name in BITS}
        vectors: list[Array] = []
        planes = ", ".join(f"bit_send({name})" for name in PLANES)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT bit_send(rare_topics), bit_send(rarest_topics), text_scale, id"
                " FROM matching_vocabulary WHERE is_current"
            )
            *levels, self.scale, vocabulary = cursor.fetchone()
            self.rare_topics, self.rarest_topics = (_as_masks([level])[0] for level in levels)
            last = 0
            while True:
                cursor.execute(
                    f"SELECT {plain}, text.square, text.seeks_weight, {bits}, {planes}"
                    " FROM matching_rankingrow row JOIN matching_rankingtext text"
                    " ON text.profile_id = row.profile_id AND text.vocabulary_id = %s"
                    " WHERE listed AND row.profile_id > %s ORDER BY row.profile_id LIMIT %s",
                    [vocabulary, last, BATCH_SIZE],
                )
                rows = cursor.fetchall()
                if not rows:
                    break
                last, at = rows[-1][0], len(PLAIN) + 2
                found += [row[:at] for row in rows]
                for n, name in enumerate(BITS):
                    masks[name].append(_as_masks([row[at + n] for row in rows]))
                vectors.append(_as_vectors([row[at + len(BITS) :] for row in rows]))
        names = (*PLAIN, "square", "seeks_weight")
        columns = {name: np.array([row[n] for row in found]) for n, name in enumerate(names)}
        self.vectors = np.concatenate(vectors)
        whole = {name: np.concatenate(of) for name, of in masks.items()}
        says = _number(whole["wanted_sectors"]) > 0
        whole["wish"] = np.where(says[:, None], whole["wanted_sectors"], whole["own_sectors"])
        return columns, whole

    def _links(self) -> tuple[dict[int, dict[int, set[str]]], dict[int, set[int]]]:
        met: dict[int, dict[int, set[str]]] = {}
        hidden: dict[int, set[int]] = {}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT visiting_profile_id, host_profile_id, modality FROM matching_match"
                " WHERE state IN ('proposed', 'confirmed')"
            )
            for visitor, host, modality in cursor.fetchall():
                met.setdefault(visitor, {}).setdefault(host, set()).add(modality)
            cursor.execute("SELECT profile_id, other_id FROM matching_hiddenprofile")
            for one, other in cursor.fetchall():
                hidden.setdefault(one, set()).add(other)
        return met, hidden

    def best(self, visitor: int, number: int = 10) -> list[tuple[int, float]]:
        """The best hosts of a visitor: number and score."""
        me = self.place[visitor]
        chosen = self._admissible(me, visitor)
        if not len(chosen):
            return []
        scores = self._scores(me, chosen)
        ids = self._host["profile_id"][chosen]
        if len(scores) > number:
            least = np.partition(scores, len(scores) - number)[len(scores) - number]
            keep = np.flatnonzero(scores >= least)
            scores, ids = scores[keep], ids[keep]
        order = np.lexsort((ids, -scores))[:number]
        return list(zip(ids[order].tolist(), scores[order].tolist(), strict=True))

    def _admissible(self, me: int, visitor: int) -> Array:
        mine, host = {name: column[me] for name, column in self.columns.items()}, self._host
        if not (mine["takes_part"] and mine["eligible"] and mine["open_until"] >= self.today):
            return np.array([], dtype=int)
        chosen = np.flatnonzero((host["first"] <= mine["last"]) & (host["last"] >= mine["first"]))
        first = np.maximum(host["first"][chosen], mine["first"])
        last = np.minimum(host["last"][chosen], mine["last"])
        physical = host["physical"][chosen] & (mine["physical"] and not mine["used_up"])
        virtual = host["virtual"][chosen] & mine["virtual"]
        keep = (
            (physical | virtual)
            & (_weekdays(first, last) >= mine["working_days"])
            & (host["country"][chosen] != mine["country"])
            & (host["organisation_id"][chosen] != mine["organisation_id"])
            & host["takes_part"][chosen]
            & host["eligible"][chosen]
            & (host["open_until"][chosen] >= self.today)
            & (host["full_until"][chosen] < self.today)
        )
        chosen = chosen[keep & self._musts_met(me, chosen)]
        return self._not_met(visitor, mine, chosen)

    def _not_met(self, visitor: int, mine: dict[str, Any], chosen: Array) -> Array:
        out = set(self.hidden.get(visitor, ()))
        for host, modalities in self.met.get(visitor, {}).items():
            row = self.place.get(host)
            if row is not None:
                physical = mine["physical"] and self.columns["physical"][row] and "physical" not in modalities
                virtual = mine["virtual"] and self.columns["virtual"][row] and "virtual" not in modalities
                if not ((physical and not mine["used_up"]) or virtual):
                    out.add(host)
        if not out:
            return chosen
        return np.asarray(chosen[~np.isin(self._host["profile_id"][chosen], list(out))])

    def _musts_met(self, me: int, chosen: Array) -> Array:
        mine, there = int(self.columns["musts"][me]), self._host["musts"][chosen]
        keep = np.ones(len(chosen), dtype=bool)
        found = (("seeks", "offers"), ("wish", "near_sectors"), ("types", "types"), ("languages", "languages"))
        for bit, (asked, had) in enumerate(found):
            if mine >> bit & 1 and self.masks[asked][me].any():
                keep &= (self._host_masks[had][chosen] & self.masks[asked][me]).any(axis=1)
            for n in np.flatnonzero(there >> bit & 1):
                wish = self._host_masks[asked][chosen[n]]
                keep[n] &= not wish.any() or bool((wish & self.masks[had][me]).any())
        if mine >> 4 & 1 and self.masks["countries"][me].any():
            keep &= self._wants(self.masks["countries"][me], self._host["country"][chosen])
        for n in np.flatnonzero(there >> 4 & 1):
            wish = self._host_masks["countries"][chosen[n]]
            keep[n] &= not wish.any() or bool(self._wants(wish, self.columns["country"][me]))
        return keep

    @staticmethod
    def _wants(countries: Array, country: Array) -> Array:
        """Whether a set of countries (its bytes in PostgreSQL's order) holds this number."""
        eight = np.ascontiguousarray(countries).view(np.uint8).reshape(*countries.shape[:-1], -1)
        return np.asarray(eight[..., country // 8] >> (7 - country % 8) & 1 > 0)

    def _scores(self, me: int, chosen: Array) -> Array:
        own, theirs, ours, their_numbers = self._parts(me, chosen)
        one = self._directed(own, self.factors[me], ours)
        other = self._directed(theirs, self._host_factors[chosen].T, their_numbers)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = np.where(one + other > 0, 2 * one * other / (one + other), 0.0)
        lone = np.nan_to_num(np.where(np.isnan(other), one, other))
        return np.where(np.isnan(one) | np.isnan(other), lone, mean)

    def _directed(self, parts: list[Array], factors: Array, has: list[Any]) -> Array:
        weight: Any = 0
        total: Any = 0.0
        for part, factor, is_there, base in zip(parts, factors, has, self.weights, strict=True):
            share = base * factor * is_there
            weight, total = weight + share, total + share * np.where(is_there, part, 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(total / weight)

    def _parts(self, me: int, chosen: Array) -> tuple[list[Array], list[Array], list[Any], list[Any]]:
        """Each criterion's part in both directions, and whether it has something to say."""
        mine, my = (
            {name: column[me] for name, column in self.columns.items()},
            {n: m[me] for n, m in self.masks.items()},
        )
        host = {name: self._host[name][chosen] for name in ("first", "last", "country", "cross_sector", *WEIGHED)}
        masks = {name: mask[chosen] for name, mask in self._host_masks.items()}
        numbers = {name: number[chosen] for name, number in self._host_numbers.items()}
        days = np.minimum(host["last"], mine["last"]) - np.maximum(host["first"], mine["first"]) + 1
        levels = self.rare_topics, self.rarest_topics
        least = np.minimum(_number(my["types"]), numbers["types"])
        spoken = (_number(my["languages"]) > 0) & (numbers["languages"] > 0)
        squares = host["square"] * mine["square"]
        alike = np.maximum(self._host_vectors[chosen] @ self.vectors[me], 0)
        with np.errstate(invalid="ignore", divide="ignore"):
            types = _number(my["types"] & masks["types"]) / least
            languages = (_number(my["languages"] & masks["languages"]) > 0).astype(float)
            text = np.minimum(1.0, alike / np.sqrt(squares.astype(float)) / self.scale)
            own = [
                _levelled(my["seeks"], masks["offers"], levels) / mine["seeks_weight"],
                _sectors(my["wish"], masks, mine["cross_sector"]),
                types,
                languages,
                self._wants(my["countries"], host["country"]).astype(float),
                days / (mine["last"] - mine["first"] + 1),
                text,
            ]
            theirs = [
                _levelled(my["offers"], masks["seeks"], levels) / host["seeks_weight"],
                _sectors(masks["wish"], my, host["cross_sector"]),
                types,
                languages,
                self._wants(masks["countries"], mine["country"]).astype(float),
                days / (host["last"] - host["first"] + 1),
                text,
            ]
        both = (least > 0, spoken)
        has = [mine["seeks_weight"] > 0, my["wish"].any(), *both, my["countries"].any(), True, squares > 0]
        wish = numbers["wish"] > 0
        back = [host["seeks_weight"] > 0, wish, *both, numbers["countries"] > 0, True, squares > 0]
        return own, theirs, has, back


def _levelled(mine: Array, theirs: Array, levels: tuple[Array, Array]) -> Array:
    """Weight of what both have: once, twice where rare, three times where rarest."""
    both = mine & theirs
    return _number(both) + _number(both & levels[0]) + _number(both & levels[1])


def _sectors(wish: Array, there: dict[str, Array], cross_sector: Any) -> Array:
    asked, same = _number(wish), _number(wish & there["own_sectors"])
    near = _number(wish & there["near_sectors"])
    return np.asarray((4 * same + 2 * (near - same) + np.where(cross_sector, asked - near, 0)) / (4 * asked))
