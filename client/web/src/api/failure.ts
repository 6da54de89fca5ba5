// What went wrong, in a form that a page can show.
import { Code, ConnectError } from '@connectrpc/connect';

import { BadRequestSchema, ErrorInfoSchema, PreconditionFailureSchema, ResourceInfoSchema } from '../gen/google/rpc/error_details_pb';

/** A call that failed. */
export interface Failure {
  code: Code;
  /** The server's words. */
  message: string;
  /** What is wrong with which field: by its path in the request, as "claim.about[0].uri". */
  fields: Map<string, string>;
  /** The server's one-word reason, "STANDINGS_BEHIND"; empty where it gave none. */
  reason: string;
  /** What the page asked for is still being worked out, and has got to this sequence; undefined where that is not the matter. */
  workedOut?: bigint;
  /** Whether the server could not be reached, or asks to try again. */
  unreachable: boolean;
  /** What was asked for and is deleted, by its name; empty where that is not the matter. */
  deleted: string;
}

/** Reads whatever a call threw. */
export function failureOf(thrown: unknown): Failure {
  const error = ConnectError.from(thrown);
  const fields = new Map<string, string>();
  for (const detail of error.findDetails(BadRequestSchema)) {
    for (const { field, description } of detail.fieldViolations) {
      fields.set(field, [fields.get(field), description].filter(Boolean).join('; '));
    }
  }
  const held = error
    .findDetails(PreconditionFailureSchema)
    .flatMap((detail) => detail.violations.map((violation) => violation.description));
  const message = [error.rawMessage, ...held.filter((text) => text && !error.rawMessage.includes(text))].join('; ');
  const info = error.findDetails(ErrorInfoSchema)[0];
  const reason = info?.reason ?? '';
  const workedOut = /_BEHIND$/.test(reason) ? BigInt(info?.metadata['watermark'] ?? 0) : undefined;
  const unreachable = error.code === Code.Unavailable || (error.code === Code.Unknown && thrown instanceof TypeError) || /failed to fetch|networkerror/i.test(error.rawMessage);
  const gone = error.code === Code.NotFound ? error.findDetails(ResourceInfoSchema).find((detail) => detail.description === 'is deleted') : undefined;
  return { code: error.code, message, fields, reason, workedOut, unreachable, deleted: gone?.resourceName ?? '' };
}

/** Whether the call was given up by the page itself. */
export function wasCancelled(thrown: unknown): boolean {
  return ConnectError.from(thrown).code === Code.Canceled;
}
