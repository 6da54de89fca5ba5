// EDTF dates, as people read them.

/** "2025-08-06" as "6 August 2025" in `language`; what is no plain day, month, year or interval of such is left as it is. */
export function dateInWords(date: string, language: string): string {
  const sides = date.split('/');
  if (sides.length === 2 && sides.every((side) => plain(side) !== undefined)) {
    return sides.map((side) => dateInWords(side, language)).join(' – ');
  }
  const parts = plain(date);
  if (!parts) return date;
  const [year, month, day] = parts;
  const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC', year: 'numeric' };
  if (month !== undefined) options.month = day !== undefined ? 'short' : 'long';
  if (day !== undefined) options.day = 'numeric';
  const moment = new Date(0);
  moment.setUTCFullYear(year!, (month ?? 1) - 1, day ?? 1);
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options).format(moment);
}

function plain(date: string): [number, number?, number?] | undefined {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date);
  if (!found || found[2] === '00' || Number(found[2] ?? 1) > 12) return undefined;
  return [Number(found[1]), found[2] ? Number(found[2]) : undefined, found[3] ? Number(found[3]) : undefined];
}

/** The day by which all of an EDTF date is over: "2025-08" → "2025-08-31"; undefined where it does not say. */
export function lastDayOf(date: string): string | undefined {
  const parts = plain(date.split('/').at(-1)!);
  if (!parts) return undefined;
  const [year, month, day] = parts;
  // The day before the first of the month, or of the year, behind it.
  const last = day ?? new Date(Date.UTC(year, month ?? 12, 0)).getUTCDate();
  return [String(year).padStart(4, '0'), String(month ?? 12).padStart(2, '0'), String(last).padStart(2, '0')].join('-');
}

/** A moment, as people read it: "6 August 2025 at 14:03". */
export function momentInWords(moment: Date, language: string): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeStyle: 'short' }).format(moment);
}
