// Reads rendered calendars with the parser of Thunderbird and Nextcloud's web page and compares
// every field. Usage: node check.mjs FOLDER MODULE, where MODULE is the file of ical.js. Prints
// one line per difference and exits 1 when there is any; see check.py for expected.json.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, module] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(module).href);

const FIELDS = [
  "uid", "summary", "location", "description", "start", "end", "occurrence", "dates", "alarm",
  "sequence", "status", "url", "categories", "contact", "attendee", "name", "properties",
];

// An instant in UTC, or a day.
const moment = (time) =>
  !time ? "" : time.isDate ? time.toString() : time.convertToZone(ICAL.Timezone.utcTimezone).toString();

// All dates of a series by its rule, as its own VTIMEZONE has the clocks.
function dates(event) {
  if (!event.hasProperty("rrule")) return [];
  const dtstart = event.getFirstPropertyValue("dtstart");
  const expansion = new ICAL.RecurExpansion({ component: event, dtstart });
  const found = [];
  for (let next = expansion.next(); next && found.length < 1000; next = expansion.next()) {
    found.push(moment(next));
  }
  return found.sort();
}

function* events(text) {
  // The plain parser: the component classes hide what they do not know.
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const event of calendar.getAllSubcomponents("vevent")) {
    const value = (name) => event.getFirstPropertyValue(name) ?? "";
    const attendee = event.getFirstProperty("attendee");
    const alarm = event.getFirstSubcomponent("valarm");
    const properties = new Set(event.getAllProperties().map((line) => line.name.toUpperCase()));
    yield {
      uid: value("uid"),
      summary: value("summary"),
      location: value("location"),
      description: value("description"),
      start: moment(value("dtstart")),
      end: moment(value("dtend")),
      occurrence: moment(value("recurrence-id")),
      dates: dates(event),
      alarm: alarm ? -alarm.getFirstPropertyValue("trigger").toSeconds() / 60 + 0 : -1,
      sequence: value("sequence"),
      status: value("status"),
      url: value("url"),
      categories: event.getFirstProperty("categories")?.getValues() ?? [],
      contact: value("contact"),
      attendee: attendee?.getFirstValue() ?? "",
      name: attendee?.getParameter("cn") ?? "",
      properties: [...properties].sort(),
    };
  }
}

const faults = [];
const files = JSON.parse(readFileSync(join(folder, "expected.json"), "utf-8"));
for (const { file, events: expected } of files) {
  try {
    const read = [...events(readFileSync(join(folder, file), "utf-8"))];
    if (read.length !== expected.length) {
      faults.push(`${file}: ${read.length} events instead of ${expected.length}`);
    }
    read.forEach((got, index) => {
      for (const field of FIELDS) {
        const [a, b] = [got[field], expected[index]?.[field]].map((v) => JSON.stringify(v));
        if (a !== b) faults.push(`${file}: ical.js: ${got.uid}: ${field}: ${a} != ${b}`);
      }
    });
  } catch (error) {
    faults.push(`${file}: ical.js: ${error}`);
  }
}
console.log(faults.length ? faults.join("\n") : `${files.length} files read alike`);
process.exit(faults.length ? 1 : 0);
