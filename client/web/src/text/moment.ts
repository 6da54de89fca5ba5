// Moments, as a browser's field for them has them: in the reader's own time, without saying which.
import { timestampDate, timestampFromDate, type Timestamp } from '@bufbuild/protobuf/wkt';

const two = (part: number): string => String(part).padStart(2, '0');

/** "2025-08-20T09:00:00Z" as the reader's clock had it: "2025-08-20T11:00:00". */
export function localOf(moment: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return '';
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** The other way round; empty for what is no moment. */
export function momentOf(local: string): string {
  const date = new Date(local);
  return local && !Number.isNaN(date.getTime()) ? date.toISOString() : '';
}

/** The same for a message; undefined where there is none. */
export const timestampOf = (moment: string): Timestamp | undefined => (moment ? timestampFromDate(new Date(moment)) : undefined);

export const momentText = (time?: Timestamp): string => (time ? timestampDate(time).toISOString() : '');
