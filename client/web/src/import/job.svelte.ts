// One import: its dry run, its rejects, its run.
import { create } from '@bufbuild/protobuf';

import { exchange } from '../api/clients';
import { failureOf, type Failure } from '../api/failure';
import { ImportCountsSchema, OnExisting, type ImportCounts, type ImportResponse } from '../gen/headwater/v1/exchange_service_pb';
import type { Record } from '../gen/headwater/v1/record_pb';
import { wrote } from '../route/read_point';
import { linesIn, rowsIn, type Mended, type Row } from './lines';

/** A row that would not go in, or did not, and why. */
export interface Reject {
  line: number;
  text: string;
  errors: string[];
}

const DRY_ROWS = 10_000; // what the server judges at once
const DRY_SIZE = 12 << 20; // in letters of JSON, below its 16 MiB
const CHUNK_ROWS = 1000;
const CHUNK_SIZE = 1 << 20;
const MOST_REJECTS = 500; // shown and kept; of more only the count

export class ImportJob {
  file: File;
  total = $state(0);
  state = $state<'reading' | 'checking' | 'checked' | 'running' | 'paused' | 'done'>('reading');
  onExisting = $state(OnExisting.FAIL);
  checkedRows = $state(0);
  counts = $state.raw<ImportCounts>(create(ImportCountsSchema));
  rejects = $state.raw<Reject[]>([]);
  sent = $state(0);
  failure = $state.raw<Failure>();
  mended: Mended = new Map();
  #importId = crypto.randomUUID();
  #lines: number[] = []; // the line of each row sent
  #rows?: AsyncGenerator<Row>;
  #chunk: Row[] = [];

  constructor(file: File) {
    this.file = file;
    void this.#open();
  }

  async #open(): Promise<void> {
    try {
      for await (const line of linesIn(this.file)) if (line) this.total++;
      await this.check();
    } catch (thrown) {
      this.failure = failureOf(thrown);
    }
  }

  /** What would become of the rows: of the first 10,000 where there are more. */
  async check(): Promise<void> {
    this.state = 'checking';
    this.failure = undefined;
    const rows: Row[] = [];
    const rejects: Reject[] = [];
    let size = 0;
    for await (const row of rowsIn(this.file, this.mended)) {
      size += row.text.length;
      if (rows.length + rejects.length >= DRY_ROWS || size > DRY_SIZE) break;
      if (row.record) rows.push(row);
      else rejects.push({ line: row.line, text: row.text, errors: [row.error ?? ''] });
    }
    try {
      const answer = await exchange().importChunk({
        config: { importId: crypto.randomUUID(), validateOnly: true, onExisting: this.onExisting },
        records: rows.map((row) => row.record as Record),
        complete: true,
      });
      const counts = answer.counts ?? create(ImportCountsSchema);
      this.counts = { ...counts, rejected: counts.rejected + BigInt(rejects.length) };
      this.rejects = [...rejects, ...rejectsOf(answer, (row) => rows[row])].sort((a, b) => a.line - b.line).slice(0, MOST_REJECTS);
      this.checkedRows = rows.length + rejects.length;
    } catch (thrown) {
      this.failure = failureOf(thrown);
    }
    this.state = 'checked';
  }

  mend(line: number, text: string): void {
    this.mended.set(line, text);
  }

  /** Leaves out all rows that were rejected. */
  async leaveOut(): Promise<void> {
    for (const reject of this.rejects) this.mended.set(reject.line, null);
    await this.check();
  }

  /** Imports from where it stands: from the beginning, or where it was paused or broken off. */
  async run(): Promise<void> {
    if (!this.#rows) {
      this.#rows = rowsIn(this.file, this.mended);
      this.rejects = [];
      this.counts = create(ImportCountsSchema);
    }
    this.state = 'running';
    this.failure = undefined;
    try {
      while (this.#running()) {
        if (this.#chunk.length === 0) this.#chunk = await this.#nextChunk();
        if (this.#chunk.length === 0) return await this.#complete();
        await this.#send();
      }
    } catch (thrown) {
      this.failure = failureOf(thrown);
      this.state = 'paused';
    }
  }

  pause(): void {
    this.state = 'paused';
  }

  #running(): boolean {
    return this.state === 'running';
  }

  async #nextChunk(): Promise<Row[]> {
    const chunk: Row[] = [];
    let size = 0;
    while (chunk.length < CHUNK_ROWS && size < CHUNK_SIZE) {
      const { value: row, done } = await this.#rows!.next();
      if (done) break;
      if (row.record) chunk.push(row);
      else this.#reject([{ line: row.line, text: row.text, errors: [row.error ?? ''] }]);
      size += row.text.length;
    }
    return chunk;
  }

  // A chunk whose answer was lost is sent again as it was: what was acknowledged is passed over.
  async #send(): Promise<void> {
    const offset = this.#lines.length;
    const chunk = this.#chunk;
    const answer = await exchange().importChunk({
      config: { importId: this.#importId, onExisting: this.onExisting },
      offset: BigInt(offset),
      records: chunk.map((row) => row.record as Record),
    });
    for (const row of chunk) this.#lines.push(row.line);
    this.#chunk = [];
    this.#take(answer, (row) => chunk[row - offset]);
    this.sent = this.#lines.length;
  }

  async #complete(): Promise<void> {
    for (let done = false; !done; ) {
      const answer = await exchange().importChunk({
        config: { importId: this.#importId, onExisting: this.onExisting },
        offset: BigInt(this.#lines.length),
        complete: true,
      });
      this.#take(answer, (row) => ({ line: this.#lines[row] ?? row, text: '' }));
      done = answer.done;
    }
    this.state = 'done';
  }

  #take(answer: ImportResponse, rowAt: (row: number) => Row | undefined): void {
    if (answer.counts) this.counts = answer.counts;
    wrote(answer.sequence);
    this.#reject(rejectsOf(answer, rowAt));
  }

  #reject(more: Reject[]): void {
    if (more.length && this.rejects.length < MOST_REJECTS) this.rejects = [...this.rejects, ...more].slice(0, MOST_REJECTS);
  }
}

function rejectsOf(answer: ImportResponse, rowAt: (row: number) => Row | undefined): Reject[] {
  const found = new Map<number, Reject>();
  for (const error of answer.errors) {
    const row = rowAt(Number(error.row));
    const line = row?.line ?? Number(error.row);
    const reject = found.get(line) ?? { line, text: row?.text ?? '', errors: [] };
    reject.errors.push([error.field, error.description].filter(Boolean).join(' ') || error.reason);
    found.set(line, reject);
  }
  return [...found.values()];
}
