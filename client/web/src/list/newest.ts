// How far the record goes, and how far what is worked out behind the writes.
import { claims } from '../api/clients';
import { latest } from '../route/read_point';

/** The sequence of the last record there is. */
export async function newestSequence(): Promise<bigint> {
  return (await claims().listClaims({ pageSize: 1, read: latest() })).readSequence;
}

/** The last sequence at which it is worked out how claims stand. */
export async function standingsSequence(): Promise<bigint> {
  return (await claims().listClaims({ pageSize: 1, showStandings: true })).readSequence;
}
