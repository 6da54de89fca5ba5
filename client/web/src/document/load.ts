// A document and all that is on record from it.
import { attributions, documents, sources } from '../api/clients';
import type { Attribution } from '../gen/headwater/v1/attribution_pb';
import type { Document } from '../gen/headwater/v1/document_pb';
import { readPoint } from '../route/read_point';
import { codePointOf, lengthOf } from '../text/span';
import type { Mark } from '../text/marks';

export interface DocumentView {
  document: Document;
  attributions: Attribution[];
  /** What the sources are called. */
  names: Map<string, string>;
  sequence: bigint;
}

const MOST = 2000;

export async function loadDocument(name: string, signal: AbortSignal): Promise<DocumentView> {
  const found: Attribution[] = [];
  let pageToken = '';
  let sequence = 0n;
  do {
    const page = await attributions().listAttributions(
      { parent: 'claims/-', document: name, pageSize: 1000, pageToken, read: readPoint() },
      { signal },
    );
    found.push(...page.attributions);
    sequence = page.readSequence;
    pageToken = page.nextPageToken;
  } while (pageToken && found.length < MOST);
  const read = { point: { case: 'sequence' as const, value: sequence } };
  const document = await documents().getDocument({ name, read, includeText: true, showDeleted: true }, { signal });
  const speakers = [...new Set([document.publisher, ...found.map((one) => one.source)])].slice(0, 1000);
  const named = await sources().batchGetSources({ names: speakers, read, showDeleted: true }, { signal });
  return { document, attributions: found, names: new Map(named.sources.map((one) => [one.name, one.displayName])), sequence };
}

/** Where the quotes stand in the text; those without a place in it are left out. */
export function marksOf(text: string, list: Attribution[]): Mark<string>[] {
  return list.flatMap((attribution): Mark<string>[] => {
    const quote = attribution.quote;
    if (!quote) return [];
    if (quote.position) return [{ start: quote.position.start, end: quote.position.end, key: attribution.name }];
    const at = text.indexOf(quote.prefix + quote.exact + quote.suffix);
    if (at < 0) return [];
    const start = codePointOf(text, at + quote.prefix.length);
    return [{ start, end: start + lengthOf(quote.exact), key: attribution.name }];
  });
}
