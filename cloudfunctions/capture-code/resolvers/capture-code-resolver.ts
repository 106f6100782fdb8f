/**
 * What every way of resolving a capture code promises. A payload is opaque to everybody but its resolver, and
 * a code is chosen because it resolves, never because it looks right: look-alikes are easy to make.
 */

/** One 学籍, known without typing after its code was resolved. */
export interface ResolvedStudent {
  /** 院校代码, five digits. */
  readonly schoolCode: string;
  readonly studentNumber: string;
  readonly maskedName: string;
  /** 层次. */
  readonly level: string;
  /** 年级: year of entry, four digits. */
  readonly year: string;
  /** 学习形式. */
  readonly studyForm?: string;
  /** 学制 in years. */
  readonly duration?: string;
  /** Keyed digest: the same for one person's several enrolments, as far as the resolver can tell. */
  readonly personKey: string;
  /** Keyed digest of the code: the same however and by whomever it was photographed. */
  readonly codeKey: string;
  /** Keyed digest of school code and student number: the same for a code that was issued anew. */
  readonly enrolmentKey: string;
}

export interface CaptureCodeResolver {
  /** Whether this resolver is the one to ask; says nothing about whether the code is genuine. */
  recognises(payload: Uint8Array): boolean;
  /** Whether it answers for this payload by itself, without a service that may be down or slow. Absent: for none. */
  answersAlone?(payload: Uint8Array): boolean;
  /**
   * @param payload the bytes of the code, at most MAXIMUM_CAPTURE_CODE_BYTES
   * @param idTail as typed; normalised here
   * @throws DomainError INVALID_REQUEST (the tail is not four characters), CODE_TOO_LONG, CODE_NOT_RECOGNISED,
   *   CODE_FORGED, CODE_EXPIRED, CODE_ID_TAIL_WRONG, CODE_LOCKED, CODE_SERVICE_UNAVAILABLE, CODE_SERVICE_REFUSED
   */
  resolve(payload: Uint8Array, idTail: string): Promise<ResolvedStudent>;
}
