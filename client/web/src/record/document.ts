// Documents, as their form shows them.
import { documents } from '../api/clients';
import type { Document } from '../gen/headwater/v1/document_pb';
import { latest } from '../route/read_point';
import { momentText, timestampOf } from '../text/moment';
import { linesOf, type Draft } from './draft.svelte';
import type { Kind } from './kind';

const derivationOf = (draft: Draft) => {
  const [kind, document] = [Number(draft.get('derivation')), draft.get('derivedFrom').trim()];
  return kind || document ? { kind, document } : undefined;
};

const documentOf = (draft: Draft) => ({
  publisher: draft.get('publisher').trim(),
  title: draft.get('title').trim(),
  authors: linesOf(draft.get('authors')),
  uri: draft.get('uri').trim(),
  archiveUri: draft.get('archiveUri').trim(),
  language: draft.get('language').trim(),
  publishedDate: draft.get('publishedDate').trim(),
  text: draft.get('text').normalize('NFC'),
  sha256: draft.get('sha256').trim().toLowerCase(),
  retrievedTime: timestampOf(draft.get('retrieved')),
  derivedFrom: derivationOf(draft),
  embargo: draft.get('embargo') ? { untilTime: timestampOf(draft.get('embargo')), note: draft.get('embargoNote').trim() } : undefined,
  note: draft.get('note').trim(),
});

export const documentKind: Kind<Document> = {
  key: 'document',
  fields: {
    publisher: 'publisher',
    title: 'title',
    authors: 'authors',
    uri: 'uri',
    archiveUri: 'archive_uri',
    language: 'language',
    publishedDate: 'published_date',
    text: 'text',
    sha256: 'sha256',
    retrieved: 'retrieved_time',
    derivation: 'derived_from',
    derivedFrom: 'derived_from',
    embargo: 'embargo',
    embargoNote: 'embargo.note',
    note: 'note',
  },
  elsewhere: { document_id: 'id', 'document.name': 'id', 'document.derived_from.document': 'derivedFrom' },
  create: (draft, requestId) => documents().createDocument({ documentId: draft.get('id').trim(), requestId, document: documentOf(draft) }),
  editing: {
    get: (name) => documents().getDocument({ name, read: latest(), includeText: true, showDeleted: true }),
    valuesOf: (document) => ({
      publisher: document.publisher,
      title: document.title,
      authors: document.authors.join('\n'),
      uri: document.uri,
      archiveUri: document.archiveUri,
      language: document.language,
      publishedDate: document.publishedDate,
      text: document.text,
      sha256: document.sha256,
      retrieved: momentText(document.retrievedTime),
      derivation: document.derivedFrom ? String(document.derivedFrom.kind) : '',
      derivedFrom: document.derivedFrom?.document ?? '',
      embargo: momentText(document.embargo?.untilTime),
      embargoNote: document.embargo?.note ?? '',
      note: document.note,
    }),
    update: (draft, { name, etag }, paths, requestId) =>
      documents().updateDocument({ document: { ...documentOf(draft), name, etag }, updateMask: { paths }, requestId }),
    remove: (deletion) => documents().deleteDocument(deletion),
    undelete: (name, etag, requestId) => documents().undeleteDocument({ name, etag, requestId }),
    lastRevision: async (name) => (await documents().listDocumentRevisions({ name, pageSize: 1 })).revisions[0],
  },
};
