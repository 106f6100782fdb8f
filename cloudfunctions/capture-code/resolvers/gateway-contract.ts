/**
 * The small contract with the licensed company's adapter, which holds CHSI's interface (not public) on its
 * side; the text for implementers is in docs/capture-code.md. Answers are validated field by field: a service
 * that answers nonsense is refused, never believed in part.
 */
import { createHash, createHmac } from 'node:crypto';
import * as v from 'valibot';

/** Bytes of an answer; a real one has some hundred. */
export const MAXIMUM_ANSWER_BYTES = 16 * 1024;

export interface GatewayRequest {
  readonly version: 1;
  /** The same for every retry of one question, so that the adapter may answer it once. */
  readonly requestId: string;
  /** Base64 of the payload. */
  readonly payload: string;
  readonly idTail: string;
}

const text = (maximum: number) =>
  v.pipe(v.string(), v.minLength(1), v.maxLength(maximum), v.regex(/^\P{Cc}+$/u));

const student = v.object({
  schoolCode: v.pipe(v.string(), v.regex(/^\d{5}$/)),
  studentNumber: v.pipe(v.string(), v.regex(/^[0-9A-Za-z-]{1,32}$/)),
  maskedName: text(100),
  level: text(20),
  year: v.pipe(v.string(), v.regex(/^(19|20|21)\d\d$/)),
  studyForm: v.optional(text(20)),
  duration: v.optional(v.pipe(v.string(), v.regex(/^\d{1,2}(\.[1-9])?$/))),
  /** Anything that is the same for all codes of one person; never shown, only digested. */
  personId: text(128),
  /** Anything that is the same for every picture of one code; the payload stands in for it. */
  codeId: v.optional(text(128)),
});

const answer = v.variant('result', [
  v.object({ requestId: v.string(), result: v.literal('resolved'), student }),
  v.object({
    requestId: v.string(),
    result: v.literal('refused'),
    reason: v.picklist(['unknown', 'forged', 'expired', 'id-tail-wrong', 'locked']),
    retryAfterSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400))),
  }),
]);

export type GatewayAnswer = v.InferOutput<typeof answer>;
export type GatewayStudent = v.InferOutput<typeof student>;

/** @returns undefined where the body is not an answer to this request */
export function parseGatewayAnswer(body: string, requestId: string): GatewayAnswer | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  const parsed = v.safeParse(answer, json);
  return parsed.success && parsed.output.requestId === requestId ? parsed.output : undefined;
}

/** What the signature covers: nobody can alter, replay or redirect a request unnoticed. */
export interface SignedParts {
  readonly method: 'POST';
  /** Path and query of the URL. */
  readonly target: string;
  /** Seconds since 1970, UTC. */
  readonly timestamp: string;
  readonly nonce: string;
  readonly body: string;
}

/** Base64 of HMAC-SHA-256 over the parts, one per line, the body as the hexadecimal of its SHA-256. */
export function signGatewayRequest(parts: SignedParts, secret: Uint8Array): string {
  const bodyHash = createHash('sha256').update(parts.body).digest('hex');
  const lines = [parts.method, parts.target, parts.timestamp, parts.nonce, bodyHash].join('\n');
  return createHmac('sha256', secret).update(lines).digest('base64');
}
