import { create } from '@bufbuild/protobuf';
import { Code, ConnectError, createRouterTransport } from '@connectrpc/connect';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, it, vi as mocks } from 'vitest';

import { failureOf } from '../api/failure';
import { useTransport } from '../api/transport';
import { BadRequestSchema } from '../gen/google/rpc/error_details_pb';
import { Standing } from '../gen/headwater/v1/assessment_pb';
import { ClaimSummarySchema } from '../gen/headwater/v1/claim_summary_pb';
import { ProvenanceService } from '../gen/headwater/v1/provenance_service_pb';
import ClaimLine from '../parts/ClaimLine.svelte';
import { en } from '../words/en';
import { vi } from '../words/vi';
import { setLanguage } from '../words/words.svelte';
import { Verification } from './search.svelte';

afterEach(() => setLanguage('en'));

it('a long text is verified part by part, in order', async () => {
  const asked: string[] = [];
  useTransport(
    createRouterTransport((router) =>
      router.service(ProvenanceService, {
        verify: (request) => {
          asked.push(String(request.subject.value));
          return { statements: [{ text: `part ${asked.length}` }], readSequence: 7n };
        },
      }),
    ),
  );
  const text = Array.from({ length: 3 }, () => `${'word '.repeat(700)}\n\n`).join('');
  const verification = new Verification(text, false);
  await mocks.waitUntil(() => !verification.busy);
  expect(asked.join('')).toBe(text);
  expect(verification.statements.map((one) => one.text)).toEqual(['part 1', 'part 2', 'part 3']);
});

it('an address is asked about as one', async () => {
  let kind: string | undefined = '';
  useTransport(
    createRouterTransport((router) =>
      router.service(ProvenanceService, {
        verify: (request) => {
          kind = request.subject.case;
          return {};
        },
      }),
    ),
  );
  const verification = new Verification(' https://ft.com/a ', false);
  await mocks.waitUntil(() => !verification.busy);
  expect(kind).toBe('uri');
  expect(verification.answeredAddress).toBe(true);
});

it('what a server refuses is told field by field', () => {
  const error = new ConnectError('bad', Code.InvalidArgument, undefined, [
    { desc: BadRequestSchema, value: { fieldViolations: [{ field: 'claim.text', description: 'is required' }] } },
  ]);
  expect([...failureOf(error).fields]).toEqual([['claim.text', 'is required']]);
  expect(failureOf(error).unreachable).toBe(false);
});

it('a claim that nobody asserts never stands in a list without these words, in any language', async () => {
  for (const [language, words] of [['en', en], ['vi', vi]] as const) {
    await setLanguage(language);
    const claim = create(ClaimSummarySchema, { claim: 'claims/a', text: 'He stole it.', standing: Standing.NOT_ASSERTED });
    const line = mount(ClaimLine, { target: document.body, props: { claim } });
    flushSync();
    expect(document.body.textContent).toContain('He stole it.');
    expect(document.body.textContent).toContain(words.standing[Standing.NOT_ASSERTED]);
    await unmount(line);
  }
});

it('every catalogue has a word for everything that has one in English', () => {
  const lists = (words: object) => Object.entries(words).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]));
  for (const [key, list] of lists(en)) {
    const other = (vi as unknown as Record<string, string[]>)[key]!;
    expect(other.map(Boolean)).toEqual(list.map(Boolean));
  }
});
