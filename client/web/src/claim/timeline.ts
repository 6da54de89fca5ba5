// What happened to a claim, all of it, and the days at which the slider over it stops.
import { provenance } from '../api/clients';
import type { TimelineAxis, TimelineEvent } from '../gen/headwater/v1/timeline_pb';
import { latest } from '../route/read_point';
import { lastDayOf } from '../text/dates';

const PAGE = 1000;
const MOST = 10_000;

/** The events as of the latest state; with `until`, those that certainly happened by the end of that day. */
export async function loadTimeline(name: string, axis: TimelineAxis, until: string, signal: AbortSignal): Promise<TimelineEvent[]> {
  const ask = { name, read: latest(), pageSize: PAGE, axis, publishedUntil: until };
  const events: TimelineEvent[] = [];
  let pageToken = '';
  do {
    const page = await provenance().listTimeline({ ...ask, pageToken }, { signal });
    events.push(...page.events);
    pageToken = page.nextPageToken;
  } while (pageToken && events.length < MOST);
  return events;
}

/** Tells one event from the others, of whichever answer. */
export const keyOf = ({ kind, resource, recordedSequence }: TimelineEvent): string => `${kind} ${resource} ${recordedSequence}`;

/** The days on which something may have begun to be known, and those by which it certainly was. */
export function daysOf(events: TimelineEvent[]): string[] {
  const days = events.flatMap(({ date, statement }) => {
    const dates = [date?.date, statement?.saidDate, statement?.publishedDate];
    return [date?.orderDay, ...dates.map((one) => one && lastDayOf(one))];
  });
  return [...new Set(days.filter((day): day is string => !!day))].sort();
}
