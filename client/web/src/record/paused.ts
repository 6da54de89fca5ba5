const PAUSE = 250; // milliseconds, after which whoever types has come to rest

/** Waits a moment; whether what was to follow is still wanted. */
export async function paused(signal: AbortSignal): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  return !signal.aborted;
}
