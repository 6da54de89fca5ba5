// Grades of the Admiralty code, as the forms of sources and claims show them.
import type { Draft, Values } from './draft.svelte';

interface Grade {
  grade: number;
  gradedBy: string;
  gradedDate: string;
  note: string;
}

/** What a draft says in the fields that begin with `prefix`; undefined where no grade is chosen. */
export function gradeOf(draft: Draft, prefix: string): Grade | undefined {
  const grade = Number(draft.get(prefix));
  if (!grade) return undefined;
  const said = (field: string) => draft.get(prefix + field).trim();
  return { grade, gradedBy: said('By'), gradedDate: said('Date'), note: said('Note') };
}

/** The values that stand for it. */
export const gradeValues = (prefix: string, given?: Grade): Values => ({
  [prefix]: given?.grade ? String(given.grade) : '',
  [`${prefix}By`]: given?.gradedBy ?? '',
  [`${prefix}Date`]: given?.gradedDate ?? '',
  [`${prefix}Note`]: given?.note ?? '',
});

/** Which fields of the message `path` they stand for: another grade is a judgement anew, so all of it. */
export const gradeFields = (prefix: string, path: string): Record<string, string | string[]> => ({
  [prefix]: path,
  [`${prefix}By`]: `${path}.graded_by`,
  [`${prefix}Date`]: `${path}.graded_date`,
  [`${prefix}Note`]: `${path}.note`,
});
