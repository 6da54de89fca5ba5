// Which component shows which address. Each is fetched when it is first needed.
import type { Component } from 'svelte';

export type PageKey = 'verify' | 'claims' | 'desk' | 'record' | 'import' | '';

export interface PageChoice {
  /** Which entry of the menu it belongs to. */
  key: PageKey;
  /** The resource that the page is about; empty for others. */
  name: string;
  load: () => Promise<Page>;
}

// Pages that are about no resource take no name, and are given one all the same.
type Page = Component<any>;
type Load = () => Promise<{ default: Page }>;

const once = new Map<Load, Promise<Page>>();

function choice(key: PageKey, name: string, load: Load): PageChoice {
  const cached = (): Promise<Page> => {
    let page = once.get(load);
    if (!page) {
      page = load().then((module) => module.default);
      page.catch(() => once.delete(load));
      once.set(load, page);
    }
    return page;
  };
  return { key, name, load: cached };
}

const verify: Load = () => import('../verify/VerifyPage.svelte');
const claims: Load = () => import('../list/ClaimsPage.svelte');
const claim: Load = () => import('../claim/ClaimPage.svelte');
const source: Load = () => import('../source/SourcePage.svelte');
const document: Load = () => import('../document/DocumentPage.svelte');
const desk: Load = () => import('../desk/DeskPage.svelte');
const record: Load = () => import('../record/RecordPage.svelte');
const imports: Load = () => import('../import/ImportPage.svelte');
const missing: Load = () => import('../parts/Missing.svelte');

/** The page at `path`. */
export function pageFor(path: string): PageChoice {
  const parts = path.split('/').filter(Boolean);
  const name = parts.join('/');
  if (parts.length === 0 || name === 'verify') return choice('verify', '', verify);
  if (parts.length === 2 && parts[0] === 'claims') return choice('claims', name, claim);
  if (parts.length === 2 && parts[0] === 'sources') return choice('', name, source);
  if (parts.length === 2 && parts[0] === 'documents') return choice('', name, document);
  if (name === 'claims') return choice('claims', '', claims);
  if (name === 'desk') return choice('desk', '', desk);
  if (name === 'record') return choice('record', '', record);
  if (name === 'import') return choice('import', '', imports);
  return choice('', '', missing);
}
