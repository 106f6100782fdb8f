/** Pieces of requests that several actions of the staff share. */
import * as v from 'valibot';
import { ID_PATTERN } from '../../../identity/unguessable-id';
import { type ActionContract } from '../../../../miniprogram/shared/contract/answer';
import { type BatchId, type Instant, type StationId } from '../../../../miniprogram/shared/identity/ids';

/** One schema per action, each typed by its contract. */
export type SchemasOf<Contracts> = {
  readonly [Action in keyof Contracts]: Contracts[Action] extends ActionContract
    ? v.GenericSchema<unknown, Contracts[Action]['request']>
    : never;
};

/** An id that one of our functions made. */
export function idOf<Id extends string>() {
  return v.pipe(
    v.string(),
    v.regex(ID_PATTERN),
    v.transform((id) => id as Id),
  );
}

/** Batches that were put there by hand have ids as somebody typed them. */
export const batchId = v.pipe(
  v.string(),
  v.regex(/^[\w-]{1,64}$/),
  v.transform((id) => id as BatchId),
);
export const stationId = idOf<StationId>();
export const stationChoice = v.exactOptional(v.nullable(stationId));
export const schoolCode = v.pipe(v.string(), v.regex(/^\d{5}$/));
export const instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  v.transform((text) => text as Instant),
);
/** One line; the use cases check what it must say. */
export const line = (maximum: number) => v.pipe(v.string(), v.maxLength(maximum), v.regex(/^[^\p{Cc}]*$/u));
export const studentNumber = v.pipe(line(32), v.nonEmpty());
/** 200 characters may be 400 code units. */
export const sentence = v.pipe(v.string(), v.maxLength(400));
export const page = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000));
export const cursor = v.exactOptional(v.pipe(v.string(), v.maxLength(128)));
export const revision = v.pipe(v.number(), v.integer(), v.minValue(0));
export const nothing = v.strictObject({});
