#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compute parsers/base/lunar_years.def, and compare it with what stands there.

Usage: lunar.py            fail when the table is not what the sky says
       lunar.py --write    write it anew
       lunar.py --margins  list the new moons and terms too near midnight to be sure of the day

The rules are those of Hồ Ngọc Đức, "Computing the Vietnamese lunar calendar": days begin at midnight UTC+7, a month on the
day of its new moon, month 11 holds the winter solstice, and of thirteen months between two solstices the first without a
principal term is the leap month. New moons: Jean Meeus, "Astronomical Algorithms" (2nd edition), chapter 49, to some
seconds. The sun: chapter 25, to 0.01 degrees, a quarter of an hour. Delta T: Espenak and Meeus, "Polynomial Expressions for
Delta T" (NASA).
"""
import datetime
import functools
import math
import pathlib
import sys

FIRST, LAST = 1899, 2199
TABLE = pathlib.Path("parsers/base/lunar_years.def")
EPOCH = 2440587.5  # Julian date of 1970-01-01 00:00
ZONE = 7 / 24      # UTC+7 in days
HEAD = """/* SPDX-License-Identifier: Apache-2.0
 *
 * The lunar years from {} to {}, written by tests/check/lunar.py: see there for the sources. Bits of each:
 *   0 to 12   set for each month of 30 days, in the order they come, the leap month among them
 *   13 to 16  the month that comes twice, 0 for none
 *   17 up     days from 1 January to Tết */
"""


def sin(degrees):
    return math.sin(math.radians(degrees))


def delta_t(year):
    """Terrestrial less universal time, in days."""
    spans = [(1920, 1900, (-2.79, 1.494119, -0.0598939, 0.0061966, -0.000197)),
             (1941, 1920, (21.20, 0.84493, -0.076100, 0.0020936)),
             (1961, 1950, (29.07, 0.407, -1 / 233, 1 / 2547)),
             (1986, 1975, (45.45, 1.067, -1 / 260, -1 / 718)),
             (2005, 2000, (63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599)),
             (2050, 2000, (62.92, 0.32217, 0.005589))]
    for end, origin, factors in spans:
        if year < end:
            return sum(f * (year - origin) ** i for i, f in enumerate(factors)) / 86400
    return (-20 + 32 * ((year - 1820) / 100) ** 2 - 0.5628 * max(0, 2150 - year)) / 86400


@functools.lru_cache(None)
def new_moon(k):
    """Moment of new moon k (0 is that of 2000-01-06), in days since 1970 UTC+7."""
    t = k / 1236.85
    jde = 2451550.09766 + 29.530588861 * k + 0.00015437 * t**2 - 0.000000150 * t**3 + 0.00000000073 * t**4
    e = 1 - 0.002516 * t - 0.0000074 * t**2
    m = 2.5534 + 29.10535670 * k - 0.0000014 * t**2 - 0.00000011 * t**3
    a = 201.5643 + 385.81693528 * k + 0.0107582 * t**2 + 0.00001238 * t**3 - 0.000000058 * t**4
    f = 160.7108 + 390.67050284 * k - 0.0016118 * t**2 - 0.00000227 * t**3 + 0.000000011 * t**4
    o = 124.7746 - 1.56375588 * k + 0.0020672 * t**2 + 0.00000215 * t**3
    # factor, power of e, multiples of the sun's anomaly, the moon's, and its argument of latitude
    moon = [(-0.40720, 0, 0, 1, 0), (0.17241, 1, 1, 0, 0), (0.01608, 0, 0, 2, 0), (0.01039, 0, 0, 0, 2),
            (0.00739, 1, -1, 1, 0), (-0.00514, 1, 1, 1, 0), (0.00208, 2, 2, 0, 0), (-0.00111, 0, 0, 1, -2),
            (-0.00057, 0, 0, 1, 2), (0.00056, 1, 1, 2, 0), (-0.00042, 0, 0, 3, 0), (0.00042, 1, 1, 0, 2),
            (0.00038, 1, 1, 0, -2), (-0.00024, 1, -1, 2, 0), (-0.00007, 0, 2, 1, 0), (0.00004, 0, 0, 2, -2),
            (0.00004, 0, 3, 0, 0), (0.00003, 0, 1, 1, -2), (0.00003, 0, 0, 2, 2), (-0.00003, 0, 1, 1, 2),
            (0.00003, 0, -1, 1, 2), (-0.00002, 0, -1, 1, -2), (-0.00002, 0, 1, 3, 0), (0.00002, 0, 0, 4, 0)]
    planets = [(0.000325, 299.77, 0.107408), (0.000165, 251.88, 0.016321), (0.000164, 251.83, 26.651886),
               (0.000126, 349.42, 36.412478), (0.000110, 84.66, 18.206239), (0.000062, 141.74, 53.303771),
               (0.000060, 207.14, 2.453732), (0.000056, 154.84, 7.306860), (0.000047, 34.52, 27.261239),
               (0.000042, 207.19, 0.121824), (0.000040, 291.34, 1.844379), (0.000037, 161.72, 24.198154),
               (0.000035, 239.56, 25.513099), (0.000023, 331.55, 3.592518)]
    jde += sum(c * e**p * sin(x * m + y * a + z * f) for c, p, x, y, z in moon) - 0.00017 * sin(o)
    jde += sum(c * sin(b + r * k) for c, b, r in planets) - 0.000325 * 0.009173 * t**2
    return jde - delta_t(2000 + k / 12.3685) - EPOCH + ZONE


def new_moon_day(k):
    return math.floor(new_moon(k))


def sun(moment):
    """Apparent longitude in degrees at a moment in days since 1970 UTC+7."""
    jd = moment - ZONE + EPOCH
    t = (jd + delta_t(2000 + (jd - 2451545) / 365.25) - 2451545) / 36525
    mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t
    anomaly = 357.52911 + 35999.05029 * t - 0.0001537 * t * t
    centre = ((1.914602 - 0.004817 * t - 0.000014 * t * t) * sin(anomaly)
              + (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly))
    return (mean + centre - 0.00569 - 0.00478 * sin(125.04 - 1934.136 * t)) % 360


def day(year, month, d):
    return (datetime.date(year, month, d) - datetime.date(1970, 1, 1)).days


def month_11(year):
    """The month that holds the winter solstice of a year, by its new moon."""
    k = round((year - 2000) * 12.3685) + 15
    while new_moon_day(k) > day(year, 12, 31) or sun(new_moon_day(k)) < 180 or sun(new_moon_day(k)) >= 270:
        k -= 1
    return k


def leap_after(k):
    """Which month after month 11 is the leap one; 0 when there are but twelve."""
    if new_moon_day(k + 13) > new_moon_day(month_11(year_of(k) + 1)):
        return 0
    for i in range(1, 13):
        if sun(new_moon_day(k + i)) // 30 == sun(new_moon_day(k + i + 1)) // 30:
            return i
    raise AssertionError("thirteen months, each with a term")


def year_of(k):
    return datetime.date.fromordinal(day(1970, 1, 1) + new_moon_day(k) + datetime.date(1970, 1, 1).toordinal()).year


def months():
    """Every month from 11 of the year before the first: (year, number, leap, first day, length)."""
    for solar in range(FIRST - 1, LAST + 1):
        k, leap = month_11(solar), leap_after(month_11(solar))
        for i in range(month_11(solar + 1) - k):
            n = i - (leap > 0 and i >= leap)
            yield (solar + (n > 1), (n + 10) % 12 + 1, i == leap and leap > 0, new_moon_day(k + i),
                   new_moon_day(k + i + 1) - new_moon_day(k + i))


@functools.lru_cache(None)
def calendar():
    """(day, month) by the day's number since 1970."""
    return {first + i: (i + 1, number) for _, number, _, first, length in months() for i in range(length)}


def date_of(solar):
    """(day, month) of a datetime.date, for other tests."""
    return calendar()[(solar - datetime.date(1970, 1, 1)).days]


def years():
    by_year = {}
    for year, number, leap, first, length in months():
        by_year.setdefault(year, []).append((number, leap, first, length))
    for year in range(FIRST, LAST + 1):
        rows = by_year[year]
        word = sum((length == 30) << i for i, (_, _, _, length) in enumerate(rows))
        word |= sum(number for number, leap, _, _ in rows if leap) << 13
        yield word | (rows[0][2] - day(year, 1, 1)) << 17


def table():
    words = [f"0x{word:06X}," for word in years()]
    lines = [" ".join(words[i:i + 10]) for i in range(0, len(words), 10)]
    return HEAD.format(FIRST, LAST) + "\n".join(lines) + "\n"


def margins():
    """New moons within a minute of midnight, and terms within half an hour of the midnight that decides."""
    for k in range(-1250, 2475):
        off = abs((new_moon(k) + 0.5) % 1 - 0.5) * 1440
        near = abs((sun(new_moon_day(k)) + 15) % 30 - 15) * 365.25 / 360 * 1440
        for name, minutes, least in (("new moon", off, 1), ("term", near, 30)):
            if minutes < least:
                print(f"{name} {datetime.date(1970, 1, 1) + datetime.timedelta(new_moon_day(k))}: {minutes:.2f} minutes")


def main():
    if "--margins" in sys.argv:
        margins()
    elif "--write" in sys.argv:
        TABLE.write_text(table(), "utf-8")
    elif TABLE.read_text("utf-8") != table():
        sys.exit(f"{TABLE} is not what lunar.py computes")


if __name__ == "__main__":
    main()
