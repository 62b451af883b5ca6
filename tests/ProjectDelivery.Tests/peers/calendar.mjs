// Reads the iCalendar object that the file of the first argument holds, and writes each event as a line of JSON.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], 'utf8')));
for (const event of calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component)))
  console.log(JSON.stringify({
    uid: event.uid,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    sequence: event.sequence,
    status: event.component.getFirstPropertyValue('status'),
    summary: event.summary,
    location: event.location,
    description: event.description,
  }));
