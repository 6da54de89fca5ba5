// A file's rows, as they are read: a file of a million never stands in memory as a whole.
import { fromJsonString } from '@bufbuild/protobuf';

import { RecordSchema, type Record } from '../gen/headwater/v1/record_pb';

/** The lines of a file that are not empty; a ".gz" is unpacked on the way. */
export async function* linesIn(file: File): AsyncGenerator<string> {
  const bytes: ReadableStream<BufferSource> = file.name.endsWith('.gz') ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  const reader = bytes.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      const parts = (rest + (value ?? '')).split('\n');
      rest = done ? '' : parts.pop()!;
      for (const line of parts) if (line.trim()) yield line;
      if (done) return;
    }
  } finally {
    await reader.cancel();
  }
}

/** A row of the file: a record, or why it is none. */
export interface Row {
  /** From 0, among the lines that are not empty. */
  line: number;
  text: string;
  record?: Record;
  error?: string;
}

/** Errors for which the page has words of its own. */
export const NOT_JSON = 'is no JSON';
export const NO_RECORD = 'is no record: source, document, claim, attribution, relation or review';

/** Reads a row. */
export function rowOf(line: number, text: string): Row {
  try {
    const record = fromJsonString(RecordSchema, text);
    if (!record.resource.case) return { line, text, error: NO_RECORD };
    return { line, text, record };
  } catch (thrown) {
    return { line, text, error: isJson(text) ? plain(thrown) : NOT_JSON };
  }
}

// What is said to a reader of JSON says nothing to one of the page.
const plain = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)).replace(/^cannot decode message \S+ from JSON: /, '');

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What the reader mended: a row's new text, or null where it is left out. */
export type Mended = Map<number, string | null>;

/** The file's rows with what was mended in their places. */
export async function* rowsIn(file: File, mended: Mended): AsyncGenerator<Row> {
  let line = 0;
  for await (const text of linesIn(file)) {
    const instead = mended.get(line);
    if (instead !== null) yield rowOf(line, instead ?? text);
    line++;
  }
}
