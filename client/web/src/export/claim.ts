// What a claim's page can be taken along as. Everything tells at which state it was read, and how the claim stands.
import { Basis, Stance } from '../gen/headwater/v1/attribution_pb';
import type { Review } from '../gen/headwater/v1/review_pb';
import type { TraceClaimResponse } from '../gen/headwater/v1/provenance_service_pb';
import type { Words } from '../words/en';
import type { ClaimView } from '../claim/load';
import { summaryOf } from '../claim/summary';

/** How a claim stands, in a line that goes with its text wherever that goes. */
export function standingLine(view: ClaimView, words: Words): string {
  const standing = words.standing[view.assessment.standing] ?? '';
  const summary = summaryOf(view.assessment).summary;
  // Where both say the same, in the same language, once will do.
  if (summary.startsWith(standing)) return summary;
  return summary ? `${standing}. ${summary}` : standing;
}

/** The voices as rows; the first names the columns. */
export function voiceRows(trace: TraceClaimResponse, standing: string, words: Words): string[][] {
  const rows = trace.voices.map((voice) => [
    trace.text,
    standing,
    voice.displayName,
    words.sourceKind[voice.sourceKind] ?? '',
    words.stance[voice.stance] ?? '',
    voice.stance === Stance.RELAYS || voice.basis === Basis.UNSPECIFIED ? '' : (words.basis[voice.basis] ?? ''),
    voice.saidDate,
    voice.publishedDate,
    voice.documentTitle,
    voice.withdrawn ? words.claim.withdrawn : '',
    voice.cites.map((citation) => trace.voices[citation.voice]?.displayName ?? citation.cited).join('; '),
    voice.attribution || voice.source,
    String(trace.readSequence),
  ]);
  const columns = 'claim,standing,voice,kind,stance,basis,said,published,document,withdrawn,on_the_word_of,record,sequence';
  return [columns.split(','), ...rows];
}

/** A reference for a footnote. */
export function citationOf(view: ClaimView, link: string, today: string, words: Words): string {
  return `“${view.claim.text}” (${standingLine(view, words)}) Headwater, ${view.claim.name}, no. ${view.sequence}. ${link} (${today})`;
}

/** Reviews as schema.org ClaimReview. What we work out ourselves is no rating, and is not among it. */
export function claimReviews(reviews: { review: Review; author: string }[]): object[] {
  return reviews.map(({ review, author }) =>
    filled({
      '@context': 'https://schema.org',
      '@type': 'ClaimReview',
      name: review.title,
      url: review.uri,
      datePublished: review.publishedDate,
      inLanguage: review.language,
      author: { '@type': 'Organization', name: author },
      claimReviewed: review.claimReviewed,
      reviewRating: review.rating && {
        '@type': 'Rating',
        alternateName: review.rating.alternateName,
        ratingValue: review.rating.value,
        bestRating: review.rating.best,
        worstRating: review.rating.worst,
        ratingExplanation: review.rating.explanation,
      },
      itemReviewed: review.itemReviewed && {
        '@type': 'Claim',
        author: review.itemReviewed.author ? { '@type': 'Thing', name: review.itemReviewed.author } : undefined,
        datePublished: review.itemReviewed.publishedDate,
        firstAppearance: review.itemReviewed.firstAppearance,
        appearance: review.itemReviewed.appearances,
      },
    }),
  );
}

function filled(value: object): object {
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    if (inner === undefined || inner === '' || (Array.isArray(inner) && inner.length === 0)) return [];
    return [[key, inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? filled(inner) : inner]];
  });
  return Object.fromEntries(entries);
}
