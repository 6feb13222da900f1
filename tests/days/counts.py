"""A second way to count days, slow and simple, against the first.

counts.py PROGRAM SOURCE

Every limit of every rule pack, and a grid of numbers, units, directions, rolls and suspensions, is
counted from every day of 2007 to 2026 by tests/days/counts.c and, day by day, by the functions
below. They know neither the code nor the calendar file of the engine: days off come from
holidays.csv, the table as it was collected (see docs/calendar.md).

Without suspensions every question is asked of every day. With suspensions it is asked of every
third one, which goes round the days of the week; XS_DAYS_EVERY=1 asks it of all. To every eleventh
answer all days of the count are compared, too, a letter for what each is.
"""
import csv
import datetime
import os
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as tree

FIRST, LAST = datetime.date(2007, 1, 1), datetime.date(2026, 12, 31)
NO_DAY = 0
LETTERS_EVERY = 11

# ---- what days are ----


def read_days(path):
    off, made_up = set(), set()
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            day = datetime.date.fromisoformat(row["date"]).toordinal()
            (off if row["kind"] == "off" else made_up).add(day)
    return off, made_up


OFF, MADE_UP = read_days(pathlib.Path(__file__).with_name("holidays.csv"))
FIRST_KNOWN = datetime.date(2007, 1, 1).toordinal()
LAST_KNOWN = datetime.date(2026, 12, 28).toordinal()  # what follows waits for the notice of 2027


def is_weekend(day):
    return (day + 6) % 7 >= 5  # day 1 was a Monday


def works(day):
    if day in OFF:
        return False
    return day in MADE_UP or not is_weekend(day)


def is_known(day):
    return FIRST_KNOWN <= day <= LAST_KNOWN


# ---- the count ----


def month_later(day, step):
    """The first of the month after or before, as (year, month)."""
    year, month = day
    month += step
    if month == 13:
        return year + 1, 1
    if month == 0:
        return year - 1, 12
    return year, month


def corresponding(day, months, step):
    """The day of the same number so many months away, and whether there was none."""
    start = datetime.date.fromordinal(day)
    at = start.year, start.month
    for _ in range(months):
        at = month_later(at, step)
    number = start.day
    while True:
        try:
            return datetime.date(*at, number).toordinal(), number != start.day
        except ValueError:
            number -= 1


class Count:
    """One count, walked day by day."""

    def __init__(self, start, question):
        self.n, self.unit, self.step, self.rolls = question[:4]
        self.pauses = [(start + a, None if b is None else start + b) for a, b in question[4]]
        self.day, self.counted, self.paused = start, 0, 0
        self.provisional = self.stopped = False
        self.lines = ["s"]
        if self.unit == "月":
            self.count_months(*corresponding(start, self.n, self.step))
        else:
            self.count_days()
        self.last = NO_DAY if self.stopped else self.day
        if self.rolls and not self.stopped:
            self.roll()
        elif not self.stopped and not works(self.day):
            self.lines.append("S")
        self.due = NO_DAY if self.stopped else self.day

    def is_paused(self, day):
        for first, last in self.pauses:
            if day >= first and (last is None or day <= last):
                return True
        return False

    def stops_for_ever(self, day):
        return self.step > 0 and any(last is None and day >= first for first, last in self.pauses)

    def pass_pause(self):
        self.paused += 1
        self.lines.append("p")
        self.stopped = self.stops_for_ever(self.day)

    def look(self):
        if not is_known(self.day):
            self.provisional = True

    def go(self):
        """To the next day; whether the clock stands on it."""
        self.day += self.step
        if self.pauses and self.is_paused(self.day):
            self.pass_pause()
            return True
        return False

    def count_days(self):
        by_workdays = self.unit == "工作日"
        while self.counted < self.n and not self.stopped:
            if self.go():
                continue
            if by_workdays:
                self.look()
                if not works(self.day):
                    self.lines.append("h" if self.day in OFF else "-")
                    continue
            self.counted += 1
            self.lines.append("m" if by_workdays and self.day in MADE_UP and is_weekend(self.day) else "+")
        if self.n and not self.stopped:
            self.lines[-1] = "L"

    def count_months(self, goal, had_none):
        """To the day of the same number; then on for as many days as pauses took out."""
        owed = 0
        while self.day != goal and not self.stopped:
            if self.go():
                owed += 1
            else:
                self.counted += 1
                self.lines.append("+")
        while owed and not self.stopped:
            if not self.go():
                owed -= 1
                self.counted += 1
                self.lines.append("+")
        if len(self.lines) > 1 and not self.stopped:
            self.lines[-1] = "N" if had_none and not self.paused else "L"

    def roll(self):
        moved = False
        while not self.stopped:
            if self.pauses and self.is_paused(self.day):
                self.pass_pause()
            else:
                self.look()
                if works(self.day):
                    break
                self.lines.append("B" if self.step < 0 else "H" if self.day in OFF else "W")
            moved = True
            if not self.stopped:
                self.day += self.step
        if moved and not self.stopped:
            self.lines.append("E")


# ---- what is asked ----


def limits_of_packs(source):
    """(n, unit, step, rolls) of every limit of every rule pack."""
    found = set()
    for path in sorted((source / "templates" / "rules").glob("*.xml")):
        for limit in tree.parse(path).iter("{urn:xieshang:rules:1}limit"):
            back = limit.get("direction") == "backward"
            roll = limit.get("roll", "not" if back else "on")
            found.add((int(limit.get("n")), limit.get("unit"), -1 if back else 1, roll == "on"))
    return found


NUMBERS = {
    "日": (0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90),
    "工作日": (0, 1, 2, 3, 5, 7, 10, 15, 20, 30),
    "月": (0, 1, 2, 3, 6, 12),
}
SHORT = {"日": (0, 1, 7, 20), "工作日": (0, 1, 5, 15), "月": (1, 2)}
# Suspensions, in days from the first day on; backward they are mirrored.
PAUSES = (
    ((3, 5),),  # within
    ((-10, 2),),  # begun before the start
    ((-5, 0),),  # the first day alone is within reach
    ((3, 8), (6, 12), (7, 7)),  # overlapping, one inside another
    ((9, 10), (2, 3), (11, 11)),  # out of order, touching
    ((7, 7),),  # the seventh day, which is the last of a week
    ((20, 24), (31, 60)),  # the twentieth, and what that moves into
    ((1, 15),),  # from the first counted day on
    ((4, None),),  # without end
    ((40, None), (2, 2)),  # without end, and mostly too late
)


def all_questions(source):
    plain = limits_of_packs(source)
    packs = len(plain)
    for unit, numbers in NUMBERS.items():
        plain |= {(n, unit, step, rolls) for n in numbers for step in (1, -1) for rolls in (True, False)}
    asked = [(*q, ()) for q in sorted(plain)]
    for unit, numbers in SHORT.items():
        for n in numbers:
            for step, rolls in ((1, True), (1, False), (-1, False), (-1, True)):
                for pauses in PAUSES:
                    mirrored = pauses if step > 0 else mirror(pauses)
                    asked.append((n, unit, step, rolls, mirrored))
    return packs, asked


def mirror(pauses):
    return tuple((-last, -first) if last is not None else (-first, None) for first, last in pauses)


def line_of(question, every):
    n, unit, step, rolls, pauses = question
    words = [str(every), str(n), unit, "forward" if step > 0 else "backward", "on" if rolls else "not"]
    words += [f"{first}..{'' if last is None else last}" for first, last in pauses]
    return " ".join(words)


# ---- comparing ----


def number_of(day):
    if day == NO_DAY:
        return 0
    date = datetime.date.fromordinal(day)
    return date.year * 10000 + date.month * 100 + date.day


def expected(start, question, with_lines):
    c = Count(start, question)
    text = f"{number_of(start)} {number_of(c.due)} {number_of(c.last)} {int(c.provisional)} {c.counted} {c.paused}"
    return f"{text} {''.join(c.lines)}" if with_lines else text


def main():
    program, source = sys.argv[1], pathlib.Path(sys.argv[2])
    sparse = int(os.environ.get("XS_DAYS_EVERY", "3"))
    packs, questions = all_questions(source)
    asked = [(q, line_of(q, sparse if q[4] else 1), sparse if q[4] else 1) for q in questions]
    ran = subprocess.run(
        [program, source / "templates/schema/calendar.rng", source / "templates/calendar/china.xml",
         FIRST.isoformat(), LAST.isoformat(), str(LETTERS_EVERY)],
        input="\n".join(line for _, line, _ in asked) + "\n", stdout=subprocess.PIPE, text=True, check=True)
    answers = iter(ran.stdout.splitlines())
    wrong = counts = 0
    for question, line, every in asked:
        for i, start in enumerate(range(FIRST.toordinal(), LAST.toordinal() + 1, every)):
            theirs, ours = next(answers), expected(start, question, i % LETTERS_EVERY == 0)
            counts += 1
            if theirs != ours:
                wrong += 1
                if wrong <= 10:
                    print(f"{line}\n  engine: {theirs}\n  second: {ours}")
    if next(answers, None) is not None:
        sys.exit("the program says more than it was asked")
    print(f"{counts} counts of {len(asked)} questions, {packs} of them from rule packs: {wrong} differ")
    sys.exit(1 if wrong else 0)


main()
