// Claims by how they stand, page by page. That is worked out behind the writes, so the list knows as of which record it is.
import { claims } from '../api/clients';
import { failureOf } from '../api/failure';
import { Pages, type Page } from '../api/pages.svelte';
import type { FlagKind, Standing } from '../gen/headwater/v1/assessment_pb';
import type { ListClaimsResponse } from '../gen/headwater/v1/claim_service_pb';
import { pinned, readPoint } from '../route/read_point';
import { foundClaims, type FoundClaim } from './found';
import { newestSequence } from './newest';

export interface Ask {
  standing?: Standing;
  flags?: FlagKind[];
  pageSize: number;
  /** Puts a page's claims in another order than that of their names. */
  order?: (items: FoundClaim[], page: ListClaimsResponse) => void;
}

export class ListedClaims {
  pages: Pages<FoundClaim>;
  /** The list is exact as of this sequence; 0 before it is there. */
  asOf = $state(0n);
  /** The last sequence there was when the latest state was asked for; 0 where the address says which state. */
  newest = $state(0n);

  constructor({ order, ...ask }: Ask) {
    let read = readPoint();
    const isLatest = pinned() === undefined;
    const fetch = (pageToken: string) => claims().listClaims({ ...ask, pageToken, read, showStandings: true });

    const first = async (): Promise<ListClaimsResponse> => {
      try {
        return await fetch('');
      } catch (thrown) {
        // What this page wrote itself is not worked off yet: better the state before, told as such, than nothing.
        if (!isLatest || failureOf(thrown).reason !== 'STANDINGS_BEHIND') throw thrown;
        read = {};
        return await fetch('');
      }
    };

    this.pages = new Pages<FoundClaim>(async (token): Promise<Page<FoundClaim>> => {
      const [newest, page] = await Promise.all([isLatest && !token ? newestSequence() : this.newest, token ? fetch(token) : first()]);
      const items = await foundClaims(page);
      order?.(items, page);
      this.newest = newest;
      this.asOf = page.readSequence;
      return { items, next: page.nextPageToken };
    });
  }
}
