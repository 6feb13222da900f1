"""A calendar feed as another reader sees it: whole days, ids that stand once, alarms before the day,
what is not verified said in the title. feed.py FEED AS-OF"""
import datetime
import sys

import icalendar

raw = open(sys.argv[1], "rb").read()
problems = []
if b"\n" in raw.replace(b"\r\n", b""):
    problems.append("a line does not end with CR LF")
problems += [f"a line of {len(line)} octets" for line in raw.split(b"\r\n") if len(line) > 75]
for line in raw.split(b"\r\n"):
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        problems.append("a character is folded in two")

calendar = icalendar.Calendar.from_ical(raw)
events = [c for c in calendar.walk("VEVENT")]
uids = [str(e["UID"]) for e in events]
if len(set(uids)) != len(uids):
    problems.append("a UID stands twice")
if not any(".answer.o1" in uid for uid in uids):
    problems.append("the answer is not in the feed")
for e in events:
    start, end = e.decoded("DTSTART"), e.decoded("DTEND")
    if isinstance(start, datetime.datetime) or end - start != datetime.timedelta(days=1):
        problems.append(f"{e['UID']} is no whole day")
    if e.decoded("DTSTAMP") != datetime.datetime(2025, 3, 15, 12, tzinfo=datetime.timezone.utc):
        problems.append(f"{e['UID']} has another time of writing: {e.decoded('DTSTAMP')}")
    if ("[not verified]" in e["SUMMARY"]) != (e["STATUS"] == "TENTATIVE"):
        problems.append(f"{e['UID']}: title and status disagree")
    for alarm in e.walk("VALARM"):
        if alarm["ACTION"] != "DISPLAY" or alarm.decoded("TRIGGER") > datetime.timedelta(hours=9):
            problems.append(f"{e['UID']} has an alarm that is none")
if not any(".list" in str(e["UID"]) and e["STATUS"] == "TENTATIVE" for e in events):
    problems.append("what is not verified does not say so")
print("\n".join(problems))
sys.exit(1 if problems else 0)
