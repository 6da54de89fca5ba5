import { createRouterTransport } from '@connectrpc/connect';
import { mount, unmount } from 'svelte';
import { afterEach, expect, it, vi as mocks } from 'vitest';

import { useTransport } from '../api/transport';
import { SourceService } from '../gen/headwater/v1/source_service_pb';
import { Stance } from '../gen/headwater/v1/attribution_pb';
import { attributionKind } from './attribution';
import { citationOf, citedIn, lineFor, stanceIn } from './citation';
import DocumentForm from './DocumentForm.svelte';
import { Draft } from './draft.svelte';
import { entityOf, figureLine, figureOf, lineOf, translationLine, translationOf } from './lines';
import { maskOf, placeOf } from './kind';
import { mistakeOf } from './mistake';
import { vi } from '../words/vi';

afterEach(() => localStorage.clear());

it('a name that is nearly a source’s brings up that source', async () => {
  useTransport(
    createRouterTransport((router) =>
      router.service(SourceService, {
        lookupSource: () => ({ similarSources: [{ name: 'sources/reuters', displayName: 'Reuters' }] }),
      }),
    ),
  );
  const form = mount(DocumentForm, { target: document.body, props: { given: {} } });
  const box = document.querySelector<HTMLInputElement>('#f-publisher')!;
  box.value = 'Rueters';
  box.dispatchEvent(new Event('input', { bubbles: true }));
  await mocks.waitUntil(() => document.body.textContent?.includes('Did you mean'));
  document.querySelector<HTMLButtonElement>('li button')!.click();
  await mocks.waitUntil(() => box.value === 'sources/reuters');
  await unmount(form);
});

it('a draft of changes keeps what was typed over whatever comes, and shows what others put there', () => {
  const draft = new Draft('claims/a', {}, { text: 'old', note: 'n', tags: '' });
  expect(draft.empty).toBe(true);
  draft.set('text', 'mine');
  draft.set('tags', 'x');
  draft.set('tags', '');
  expect(draft.changed).toEqual(['text']);
  draft.rebase({ text: 'theirs', note: 'newer', tags: 't' });
  expect([draft.get('text'), draft.get('note'), draft.get('tags')]).toEqual(['mine', 'newer', 't']);
  expect(draft.theirs).toEqual({ text: 'theirs' });
  // Taken up again after the page was closed, over what the resource says by then.
  const later = new Draft('claims/a', {}, { text: 'latest', note: 'newer', tags: 't' });
  expect(later.get('text')).toBe('mine');
  expect(later.theirs).toEqual({ text: 'latest' });
  later.takeTheirs('text');
  expect([later.get('text'), later.empty]).toEqual(['latest', true]);
  expect(new Draft('claims/a', {}, { text: 'z', note: '', tags: '' }).empty).toBe(true);
});

it('a mask has what was changed alone, and an error finds its field', () => {
  expect(maskOf(attributionKind, ['note', 'start', 'quote'])).toEqual(['note', 'quote']);
  expect(maskOf(attributionKind, ['stance'])).toEqual(['stance', 'basis', 'denial', 'no_comment']);
  expect(placeOf(attributionKind, 'attribution.quote.cue')).toBe('cue');
  expect(placeOf(attributionKind, 'attribution.quote.exact')).toBe('quote');
  expect(placeOf(attributionKind, 'attribution.denial.extent')).toBe('extent');
  expect(placeOf(attributionKind, 'attribution.denial.part')).toBe('part');
  expect(placeOf(attributionKind, 'attribution.cites[3].source')).toBe('cites');
  expect(placeOf(attributionKind, 'request_id')).toBeUndefined();
});

it('a figure, a translation and their lines are one, and a translation keeps its line breaks', () => {
  for (const figure of [figureOf('users | 163000000 | people | 2025-06'), figureOf('share|7.5')]) expect(figureOf(figureLine(figure))).toEqual(figure);
  expect(figureLine(figureOf('share|7.5'))).toBe('share | 7.5');
  const old = { language: 'vi', text: 'Một câu:\nhai dòng.' };
  expect(translationOf(translationLine(old), [old])).toEqual(old);
  expect(translationOf('zh-Hant: 華為')).toEqual({ language: 'zh-Hant', text: '華為' });
  expect(translationOf('Without a language')).toEqual({ language: '', text: 'Without a language' });
});

it('an entity and its line are one', () => {
  for (const entity of [{ name: 'Huawei', uri: 'http://www.wikidata.org/entity/Q160120' }, { name: 'Trí Đạt', uri: '' }]) {
    expect(entityOf(lineOf(entity))).toEqual(entity);
  }
});

it('a citation and its line are one, whatever case the stance is typed in', () => {
  for (const [name, stance] of [['sources/reuters', Stance.DENIES], ['claims/c/attributions/a', Stance.UNSPECIFIED], ['sources/x', Stance.NO_COMMENT]] as const) {
    const line = lineFor(name, stance);
    expect([citedIn(line), stanceIn(line)]).toEqual([name, stance]);
    expect(citationOf(line)).toEqual({ cited: { case: name.startsWith('sources/') ? 'source' : 'attribution', value: name }, stance });
  }
  expect(stanceIn('sources/x denies')).toBe(Stance.DENIES);
  expect(citedIn('sources/x RELAYS')).toBe('sources/x RELAYS');
});

it('what the server found wrong is told in the reader’s language, and else as the server words it', () => {
  const told = (said: string) => mistakeOf(said, vi);
  expect(told('is required')).toEqual({ text: vi.record.mistakes.required, english: false });
  expect(told('is required; one of CLAIM_NATURE_FACT, CLAIM_NATURE_OPINION')).toEqual(told('is required'));
  expect(told('is 8 code points long; at most 7 are allowed').text).toBe(vi.record.mistakes.tooLong(7));
  expect(told('source names sources/none, which does not exist or is deleted; create it first, or in the same request').english).toBe(false);
  // What is required only beside something else says more than the page could.
  const more = 'is required for STANCE_RELAYS: on whose word?';
  expect(told(more)).toEqual({ text: more, english: true });
});
