// Expands the events of a calendar file as Thunderbird does, and prints each date as JSON, in the
// form of occurrences.py. Usage: node occurrences.mjs MODULE FILE, where MODULE is the file of ical.js.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, file] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(module).href);

const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf-8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}
const all = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
const utc = (time) => time.convertToZone(ICAL.Timezone.utcTimezone).toICALString();
const row = (item, start, end) => [
  utc(start),
  utc(end),
  item.component.getFirstPropertyValue("status") ?? "",
];
const found = [];
for (const master of all.filter((event) => !event.isRecurrenceException())) {
  for (const other of all.filter((event) => event.isRecurrenceException())) {
    if (other.uid === master.uid) master.relateException(other);
  }
  if (!master.isRecurring()) {
    found.push(row(master, master.startDate, master.endDate));
    continue;
  }
  const dates = master.iterator();
  for (let date = dates.next(), count = 0; date && count < 1000; date = dates.next(), count += 1) {
    const { item, startDate, endDate } = master.getOccurrenceDetails(date);
    found.push(row(item, startDate, endDate));
  }
}
console.log(JSON.stringify(found.sort()));
