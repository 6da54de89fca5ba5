import { recall, remember } from './store';

const KEY = 'actor';

/** The name under which this browser's user writes; empty until they gave one. */
export function actor(): string {
  return recall(KEY) ?? '';
}

/** Keeps the name, on one line and at most 200 bytes long, as the server wants it. */
export function setActor(name: string): void {
  let line = name.normalize('NFC').replace(/\s+/g, ' ').trim();
  while (new TextEncoder().encode(line).length > 200) line = [...line].slice(0, -1).join('');
  remember(KEY, line);
}
