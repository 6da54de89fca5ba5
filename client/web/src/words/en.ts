// English. Every other catalogue has the same entries: the compiler holds them to it.
import { claimWords } from './en_claim';
import { recordWords } from './en_record';
import { some } from './plural';
import type { Widened } from './widened';

export const en = {
  name: 'Headwater',
  skip: 'Skip to the content',
  menu: 'Pages',
  pages: {
    verify: 'Verify',
    claims: 'Claims',
    desk: 'Desk',
    record: 'Record',
    import: 'Import & export',
  },
  language: 'Language',
  theme: { label: 'Colours', auto: 'Automatic', light: 'Light', dark: 'Dark' },
  loading: 'Looking…',
  more: 'Show more',
  retry: 'Try again',
  close: 'Close',
  copied: 'Copied',
  nothing: 'Nothing here.',
  failed: 'That did not work.',
  unreachable: 'The server does not answer. Is it running?',
  behind: (sequence: bigint) => `This state is still being worked out: it has got to no. ${sequence}. The page goes on asking.`,
  notFound: 'There is nothing at this address.',
  listSep: ', ',
  number: (sequence: bigint | string) => `no. ${sequence}`,
  footer: 'Headwater keeps who said what, and on whose word. It never says what is true.',
  pinned: {
    note: (point: string) => `You see the record as it stood: ${point}.`,
    leave: 'Show the latest',
    share: 'Copy a link to this state',
  },
  verify: {
    title: 'Who says so, and on whose word?',
    lead: 'Paste a sentence, a paragraph, a whole article, or the link of one. Each sentence is looked for among the claims on record, in any wording and language.',
    box: 'What to verify',
    go: 'Verify',
    clear: 'Clear',
    hint: 'Ctrl + Enter',
    unlikely: 'Show unlikely ones too',
    cut: (limit: number) => `That was very long: the first ${limit.toLocaleString('en')} characters were kept.`,
    progress: (done: number, all: number) => `Part ${done} of ${all}…`,
    found: (found: number, all: number) => `${found} of ${some(all, 'sentence')} found on record.`,
    none: 'Nothing found on record.',
    recordIt: 'Record it',
    sameText: 'The same words',
    likely: (percent: number) => `${percent} % likely the same`,
    unlikelyMatch: (percent: number) => `${percent} % – perhaps another statement`,
    mismatch: ['Differs', 'Other figures', 'Says the opposite'],
    here: 'Here',
    onRecord: 'On record',
    noDocument: 'No document with this address is on record.',
    tells: (count: number) => `It tells ${some(count, 'claim')}`,
    citedBy: (count: number) => `${some(count, 'statement')} elsewhere cite what it tells`,
    stop: 'Stop',
  },
  claims: {
    title: 'Claims',
    search: 'Search claims',
    placeholder: 'words, "a phrase", -without, source:ft, stance:denies, after:2025-08',
    go: 'Search',
    did: 'Did you mean',
    narrow: 'Narrow down',
    facets: { source: 'Source', about: 'About', tag: 'Tag', lang: 'Language', stance: 'Stance' } as Record<string, string>,
    none: 'No claim fits.',
    shown: (count: number) => `${some(count, 'claim')} shown`,
    csv: 'Save these as CSV',
    standing: 'Standing',
    any: 'Any',
    behind: (sequence: bigint, records: number) =>
      `Standings as of no. ${sequence}: ${some(records, 'newer record')} ${records === 1 ? 'is' : 'are'} being worked off.`,
    searchBehind: (sequence: bigint, records: number) =>
      `Found as of no. ${sequence}: ${some(records, 'newer record')} ${records === 1 ? 'is' : 'are'} not in the search yet.`,
    workedOff: 'The newer records are worked off by now.',
    anew: 'Load it anew',
  },
  ...claimWords,
  ...recordWords,
};

/** What a catalogue must have: as many entries as English, of the same kinds. */
export type Words = Widened<typeof en>;
