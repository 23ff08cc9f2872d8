"""The same feed as a Python server makes it for each request: see feed_speed.rs."""

import datetime
import sys
import time

import icalendar

UTC = datetime.timezone.utc
TEXT = "Araçlarımızı paylaşıyoruz; bir lamba getirin. 도구를 나눠 씁니다. " * 3


def feed(count):
    """All events anew, with the properties our own have."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Hub//Hub//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Hub London")
    stamp = datetime.datetime(2026, 4, 1, 9, tzinfo=UTC)
    for number in range(count):
        start = datetime.datetime(2026, 5, 1, 17, tzinfo=UTC) + datetime.timedelta(hours=number * 7)
        url = f"https://hub.example/h/london/events/{number}"
        event = icalendar.Event()
        event.add("uid", f"event_{number:04}@hub.example")
        event.add("dtstamp", stamp)
        event.add("last-modified", stamp)
        event.add("sequence", 0)
        event.add("dtstart", start)
        event.add("dtend", start + datetime.timedelta(hours=2))
        event.add("summary", f"Güneş kooperatifi, {number}. buluşma")
        event.add("description", f"{TEXT}\n\nJoin: https://meet.example/solar\n{url}")
        event.add("location", "Impact Hub, Fore Street 1, London")
        event.add("url", url)
        event.add("status", "CONFIRMED")
        event.add("transp", "OPAQUE")
        event.add("class", "PUBLIC")
        event.add("categories", ["Enerji", "İklim"])
        event.add("conference", "https://meet.example/solar")
        calendar.add_component(event)
    return calendar.to_ical()


def main(count):
    times = []
    for _ in range(5):
        began = time.perf_counter()
        feed(count)
        times.append(time.perf_counter() - began)
    print(min(times) * 1000)


if __name__ == "__main__":
    main(int(sys.argv[1]))
