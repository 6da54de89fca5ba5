// Reviews, as their form shows them.
import { reviews } from '../api/clients';
import type { Review } from '../gen/headwater/v1/review_pb';
import { latest } from '../route/read_point';
import type { Draft } from './draft.svelte';
import type { Kind } from './kind';

const reviewOf = (draft: Draft) => ({
  author: draft.get('author').trim(),
  title: draft.get('title').trim(),
  uri: draft.get('uri').trim(),
  publishedDate: draft.get('publishedDate').trim(),
  language: draft.get('language').trim(),
  claimReviewed: draft.get('claimReviewed').trim(),
  rating: { alternateName: draft.get('verdict').trim(), explanation: draft.get('reason').trim() },
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
    note: 'note',
  },
  elsewhere: { parent: 'claim', 'review.rating': 'verdict' },
  create: (draft, requestId) => reviews().createReview({ parent: draft.get('claim').trim(), requestId, review: reviewOf(draft) }),
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
      note: review.note,
    }),
    update: (draft, { name, etag }, paths, requestId) =>
      reviews().updateReview({ review: { ...reviewOf(draft), name, etag }, updateMask: { paths }, requestId }),
    remove: (deletion) => reviews().deleteReview(deletion),
    undelete: (name, etag, requestId) => reviews().undeleteReview({ name, etag, requestId }),
    lastRevision: async (name) => (await reviews().listReviewRevisions({ name, pageSize: 1 })).revisions[0],
  },
};
