// A claim's stream as W3C PROV-JSON, in the terms in which `headwater export --format prov` writes records.
import { enumToJson } from '@bufbuild/protobuf';

import { Basis, StanceSchema } from '../gen/headwater/v1/attribution_pb';
import { SourceKind } from '../gen/headwater/v1/source_pb';
import type { Voice } from '../gen/headwater/v1/trace_pb';
import type { ClaimView } from '../claim/load';

type Statement = Record<string, unknown>;

const record = (name: string) => `record:${name}`;
const term = (word: string, prefix = 'headwater') => ({ $: `${prefix}:${word}`, type: 'prov:QUALIFIED_NAME' });

const BODIES = new Set([
  SourceKind.NEWS_OUTLET,
  SourceKind.NEWS_AGENCY,
  SourceKind.ORGANIZATION,
  SourceKind.GOVERNMENT,
  SourceKind.DATA_PROVIDER,
]);

/** The PROV-JSON document; `standing` says in words how the claim stands. */
export function provOf(view: ClaimView, standing: string): object {
  const { trace, claim } = view;
  const agent: Record<string, Statement> = {};
  const entity: Record<string, Statement> = {};
  const relations = { wasAttributedTo: [], wasDerivedFrom: [], wasInfluencedBy: [] } as Record<string, Statement[]>;
  const attributed = (of: string, to: string, field: string) =>
    relations.wasAttributedTo!.push({ 'prov:entity': record(of), 'prov:agent': record(to), 'headwater:field': field });
  const derived = (of: string, from: string, field: string, type?: string) =>
    relations.wasDerivedFrom!.push({
      'prov:generatedEntity': record(of),
      'prov:usedEntity': record(from),
      'headwater:field': field,
      ...(type ? { 'prov:type': term(type, 'prov') } : {}),
    });
  const influenced = (of: string, by: string, field: string) =>
    relations.wasInfluencedBy!.push({ 'prov:influencee': record(of), 'prov:influencer': record(by), 'headwater:field': field });

  entity[record(claim.name)] = {
    'prov:type': [term('Claim')],
    'prov:value': claim.text,
    'headwater:language': claim.language,
    'headwater:standing': standing,
    'headwater:readSequence': String(view.sequence),
  };
  for (const voice of trace.voices) {
    agent[record(voice.source)] = { 'prov:label': voice.displayName, 'prov:type': typesOf(voice) };
    if (!voice.attribution) continue;
    entity[record(voice.attribution)] = attributionOf(voice);
    attributed(voice.attribution, voice.source, 'source');
    influenced(voice.attribution, voice.claim, 'claim');
    if (voice.document) {
      entity[record(voice.document)] = { 'prov:type': [term('Document')], 'prov:label': voice.documentTitle };
      derived(voice.attribution, voice.document, 'document');
    }
    for (const citation of voice.cites) {
      const cited = trace.voices[citation.voice];
      // PROV lets nothing come before itself: who cites in a circle is influenced, which orders nothing.
      if (!citation.cited.includes('/attributions/') || (voice.inLoop && cited?.inLoop)) influenced(voice.attribution, citation.cited, 'cites');
      else derived(voice.attribution, citation.cited, 'cites', cited?.basis === Basis.FIRST_HAND ? 'PrimarySource' : undefined);
    }
  }
  for (const voice of trace.voices) {
    if (voice.publisher && voice.document) agent[record(voice.publisher)] ??= { 'prov:label': view.names.get(voice.publisher) ?? voice.publisher };
  }
  for (const [document, publisher] of new Map(trace.voices.filter((one) => one.document && one.publisher).map((one) => [one.document, one.publisher]))) {
    attributed(document, publisher, 'publisher');
  }
  const numbered = Object.entries(relations)
    .filter(([, statements]) => statements.length > 0)
    .map(([section, statements]) => [section, Object.fromEntries(statements.map((one, index) => [`_:${section}${index + 1}`, one]))]);
  return {
    prefix: { headwater: 'urn:headwater:term:', record: 'urn:headwater:record:' },
    agent,
    entity,
    ...Object.fromEntries(numbered),
  };
}

function typesOf(voice: Voice): object[] {
  const types = [term('Source')];
  if (voice.sourceKind === SourceKind.PERSON) types.push(term('Person', 'prov'));
  if (BODIES.has(voice.sourceKind)) types.push(term('Organization', 'prov'));
  return types;
}

function attributionOf(voice: Voice): Statement {
  return {
    'prov:type': [term('Attribution')],
    'headwater:stance': enumToJson(StanceSchema, voice.stance),
    ...(voice.saidDate ? { 'headwater:saidDate': voice.saidDate } : {}),
    ...(voice.withdrawn ? { 'headwater:withdrawn': true } : {}),
  };
}
