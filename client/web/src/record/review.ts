// Reviews, as their form shows them.
import type { MessageInitShape } from '@bufbuild/protobuf';

import { reviews } from '../api/clients';
import type { Review, ReviewSchema } from '../gen/headwater/v1/review_pb';
import { latest } from '../route/read_point';
import { linesOf, type Draft } from './draft.svelte';
import type { Kind } from './kind';

type Init = MessageInitShape<typeof ReviewSchema>;

// A field for a figure holds one or nothing.
const figure = (text: string) => (text === '' ? undefined : Number(text));
const figureText = (value?: number) => (value === undefined ? '' : String(value));

function itemOf(draft: Draft): Init['itemReviewed'] {
  const item = {
    author: draft.get('itemAuthor').trim(),
    publishedDate: draft.get('itemDate').trim(),
    firstAppearance: draft.get('firstAppearance').trim(),
    appearances: linesOf(draft.get('appearances')),
  };
  return item.author || item.publishedDate || item.firstAppearance || item.appearances.length ? item : undefined;
}

const ratingOf = (draft: Draft): Init['rating'] => ({
  alternateName: draft.get('verdict').trim(),
  value: figure(draft.get('value')),
  best: figure(draft.get('best')),
  worst: figure(draft.get('worst')),
  explanation: draft.get('reason').trim(),
});

const reviewOf = (draft: Draft): Init => ({
  author: draft.get('author').trim(),
  title: draft.get('title').trim(),
  uri: draft.get('uri').trim(),
  publishedDate: draft.get('publishedDate').trim(),
  language: draft.get('language').trim(),
  claimReviewed: draft.get('claimReviewed').trim(),
  rating: ratingOf(draft),
  itemReviewed: itemOf(draft),
  note: draft.get('note').trim(),
});

export const reviewKind: Kind<Review> = {
  key: 'review',
  fields: {
    author: 'author',
    verdict: 'rating.alternate_name',
    title: 'title',
    uri: 'uri',
    publishedDate: 'published_date',
    language: 'language',
    claimReviewed: 'claim_reviewed',
    reason: 'rating.explanation',
    value: 'rating.value',
    best: 'rating.best',
    worst: 'rating.worst',
    itemAuthor: 'item_reviewed.author',
    itemDate: 'item_reviewed.published_date',
    firstAppearance: 'item_reviewed.first_appearance',
    appearances: 'item_reviewed.appearances',
    note: 'note',
  },
  elsewhere: { parent: 'claim', 'review.rating': 'verdict', review_id: 'id', 'review.name': 'id' },
  create: (draft, requestId) =>
    reviews().createReview({ parent: draft.get('claim').trim(), reviewId: draft.get('id').trim(), requestId, review: reviewOf(draft) }),
  editing: {
    get: (name) => reviews().getReview({ name, read: latest(), showDeleted: true }),
    valuesOf: (review) => ({
      claim: review.name.split('/reviews/')[0]!,
      author: review.author,
      verdict: review.rating?.alternateName ?? '',
      title: review.title,
      uri: review.uri,
      publishedDate: review.publishedDate,
      language: review.language,
      claimReviewed: review.claimReviewed,
      reason: review.rating?.explanation ?? '',
      value: figureText(review.rating?.value),
      best: figureText(review.rating?.best),
      worst: figureText(review.rating?.worst),
      itemAuthor: review.itemReviewed?.author ?? '',
      itemDate: review.itemReviewed?.publishedDate ?? '',
      firstAppearance: review.itemReviewed?.firstAppearance ?? '',
      appearances: (review.itemReviewed?.appearances ?? []).join('\n'),
      note: review.note,
    }),
    update: (draft, { name, etag }, paths, requestId) =>
      reviews().updateReview({ review: { ...reviewOf(draft), name, etag }, updateMask: { paths }, requestId }),
    remove: (deletion) => reviews().deleteReview(deletion),
    undelete: (name, etag, requestId) => reviews().undeleteReview({ name, etag, requestId }),
    lastRevision: async (name) => (await reviews().listReviewRevisions({ name, pageSize: 1 })).revisions[0],
  },
};
