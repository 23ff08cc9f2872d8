// Reads .ics files with the parser of Thunderbird and prints what it found as JSON, in the form of
// calendars.py. Usage: node calendars.mjs MODULE FILE..., where MODULE is the file of ical.js.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, ...files] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(module).href);

const read = (text) => {
  // The plain parser: the component classes hide what they do not know.
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent").map((event) => {
    const value = (name) => event.getFirstPropertyValue(name) ?? "";
    return {
      uid: value("uid"),
      sequence: value("sequence"),
      status: value("status"),
      summary: value("summary"),
      start: value("dtstart").toICALString(),
      end: value("dtend").toICALString(),
      attendee: value("attendee"),
    };
  });
  return { method: calendar.getFirstPropertyValue("method") ?? "", events };
};

const found = {};
for (const file of files) {
  try {
    found[file] = read(readFileSync(file, "utf-8"));
  } catch (error) {
    found[file] = { fault: String(error) };
  }
}
console.log(JSON.stringify({ "ical.js": found }));
