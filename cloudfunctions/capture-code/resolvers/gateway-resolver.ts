/**
 * Resolves codes through the licensed company's service. It recognises every payload, because only the service
 * can tell. Refuses to pass on what the service says beyond the contract; its trouble becomes one of two codes.
 */
import { DomainError, isDomainError } from '../../../miniprogram/shared/errors';
import { type DigestKey, enrolmentKeyOf } from '../keyed-digest';
import { type CaptureCodeResolver, type ResolvedStudent } from './capture-code-resolver';
import { CircuitBreaker, type CircuitBreakerSettings, CircuitOpen } from './circuit-breaker';
import {
  askGateway,
  DEFAULT_GATEWAY_TIMING,
  type GatewayClock,
  GatewayNonsense,
  type GatewaySettings,
  type GatewayTiming,
  GatewayUnavailable,
  SYSTEM_CLOCK,
} from './gateway-client';
import { type GatewayAnswer, type GatewayStudent } from './gateway-contract';

/** Five questions (each with its retries) in a row without an answer, then half a minute of rest. */
export const DEFAULT_BREAKER: CircuitBreakerSettings = { failureThreshold: 5, openMilliseconds: 30_000 };

export interface GatewayResolverOptions {
  readonly timing?: GatewayTiming;
  readonly breaker?: CircuitBreakerSettings;
  readonly clock?: GatewayClock;
}

type Refusal = Extract<GatewayAnswer, { result: 'refused' }>;

/** @param digestKey the server's own, for the keys that are stored */
export function createGatewayResolver(
  settings: GatewaySettings,
  digestKey: DigestKey,
  options: GatewayResolverOptions = {},
): CaptureCodeResolver {
  const { timing = DEFAULT_GATEWAY_TIMING, clock = SYSTEM_CLOCK } = options;
  const breaker = new CircuitBreaker(options.breaker ?? DEFAULT_BREAKER, () => clock.now());

  async function ask(payload: Uint8Array, idTail: string): Promise<GatewayAnswer> {
    const question = { payload: Buffer.from(payload).toString('base64'), idTail };
    try {
      return await breaker.run(
        () => askGateway(question, settings, timing, clock),
        (error) => error instanceof GatewayUnavailable,
      );
    } catch (error) {
      throw asRefusal(error);
    }
  }

  return {
    recognises: () => true,
    resolve: async (payload, idTail) => {
      const answer = await ask(payload, idTail);
      if (answer.result === 'refused') throw refusalOf(answer);
      return asResolved(answer.student, payload, digestKey);
    },
  };
}

function asResolved(student: GatewayStudent, payload: Uint8Array, digestKey: DigestKey): ResolvedStudent {
  const { personId, codeId, studyForm, duration, ...enrolment } = student;
  return {
    ...enrolment,
    ...(studyForm === undefined ? {} : { studyForm }),
    ...(duration === undefined ? {} : { duration }),
    personKey: digestKey.digestText('person', 'gateway', personId),
    codeKey: digestKey.digestText('code', 'gateway', codeId ?? payload),
    enrolmentKey: enrolmentKeyOf(enrolment, digestKey),
  };
}

function refusalOf(refusal: Refusal): DomainError {
  switch (refusal.reason) {
    case 'unknown':
      return new DomainError('CODE_NOT_RECOGNISED');
    case 'forged':
      return new DomainError('CODE_FORGED');
    case 'expired':
      return new DomainError('CODE_EXPIRED');
    case 'id-tail-wrong':
      return new DomainError('CODE_ID_TAIL_WRONG');
    case 'locked':
      return new DomainError('CODE_LOCKED', { retryAfterSeconds: refusal.retryAfterSeconds ?? 600 });
  }
}

/** Trouble on the way becomes a refusal; anything else is a bug and stays one. */
function asRefusal(error: unknown): unknown {
  if (isDomainError(error)) return error;
  if (error instanceof GatewayNonsense) return new DomainError('CODE_SERVICE_REFUSED');
  if (error instanceof GatewayUnavailable) return new DomainError('CODE_SERVICE_UNAVAILABLE');
  if (error instanceof CircuitOpen) {
    const retryAfterSeconds = Math.max(1, Math.ceil(error.retryAfterMilliseconds / 1000));
    return new DomainError('CODE_SERVICE_UNAVAILABLE', { retryAfterSeconds });
  }
  return error;
}
