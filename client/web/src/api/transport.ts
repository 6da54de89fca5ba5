// How the page speaks to the server: Connect, to the host that the page came from and no other.
import type { Interceptor, Transport } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-web';

import { actor } from './actor';

// Says who writes, as they call themselves: until there is signing in, it is recorded as claimed.
const withActor: Interceptor = (next) => (request) => {
  const name = actor();
  if (name && /^[\x20-\x7e]*$/.test(name)) {
    request.header.set('headwater-actor', name);
  } else if (name) {
    const bytes = new TextEncoder().encode(name);
    request.header.set('headwater-actor-bin', btoa(String.fromCharCode(...bytes)).replace(/=+$/, ''));
  }
  return next(request);
};

let current: Transport | undefined;

/** The transport that all clients use. */
export function transport(): Transport {
  current ??= createConnectTransport({ baseUrl: location.origin, useBinaryFormat: true, interceptors: [withActor] });
  return current;
}

/** Lets a test answer in the server's place. */
export function useTransport(instead: Transport): void {
  current = instead;
}
