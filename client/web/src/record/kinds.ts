// The forms that change what is there, and for what.
import type { Component } from 'svelte';

import { attributionKind } from './attribution';
import AttributionForm from './AttributionForm.svelte';
import { claimKind } from './claim';
import ClaimForm from './ClaimForm.svelte';
import { documentKind } from './document';
import DocumentForm from './DocumentForm.svelte';
import type { Values } from './draft.svelte';
import type { Editing, Kind, Resource } from './kind';
import { relationKind } from './relation';
import RelationForm from './RelationForm.svelte';
import { reviewKind } from './review';
import ReviewForm from './ReviewForm.svelte';
import { sourceKind } from './source';
import SourceForm from './SourceForm.svelte';

export interface Editor {
  editing: Editing<Resource>;
  Form: Component<{ given: Values; subject?: any }>;
}

const editor = <R extends Resource>(kind: Kind<R>, Form: Editor['Form']): Editor => ({ editing: kind.editing as unknown as Editing<Resource>, Form });

/** By the word that the address has for the form: ?form=claim&name=claims/… */
export const editors: Record<string, Editor> = {
  claim: editor(claimKind, ClaimForm),
  source: editor(sourceKind, SourceForm),
  document: editor(documentKind, DocumentForm),
  attribution: editor(attributionKind, AttributionForm),
  relation: editor(relationKind, RelationForm),
  review: editor(reviewKind, ReviewForm),
};
