/** What the staff's actions about batches accept before any rule of a batch is asked: shapes and sizes. */
import * as v from 'valibot';
import { BATCH_SCHEMAS } from '../../cloudfunctions/functions/operator/schemas/batches';
import { type BatchFields } from '../../miniprogram/shared/contract/operator/batches';
import { batchFields } from '../support/operator-batch-builder';

const accepts = (payload: unknown) => v.safeParse(BATCH_SCHEMAS.createBatch, payload).success;
const { photoSettings } = batchFields();

const ofBackground = (red: number): Partial<BatchFields> => ({
  photoSettings: { ...photoSettings, background: { red, green: 0, blue: 255 } },
});
const ofMeasureName = (name: string): Partial<BatchFields> => ({
  checkSettings: {
    onlyWarn: [],
    overrides: { sharp: { measures: { [name]: { allowed: { min: 1 }, evidence: 'tune' } } } },
  },
});

test.each<[string, Partial<BatchFields>]>([
  ['a batch as the page sends it', {}],
  ['the ends of a colour', ofBackground(0)],
  ['the other end', ofBackground(255)],
  ['a telephone number with a remark', { telephone: '1'.repeat(40) }],
  ['a measure by its name', ofMeasureName('m'.repeat(40))],
])('%s is accepted', (_, changes) => {
  expect(accepts(batchFields(changes))).toBe(true);
});

test.each<[string, object]>([
  ['a colour that no picture has', ofBackground(256)],
  ['one below black', ofBackground(-1)],
  ['half a step of a colour', ofBackground(1.5)],
  ['a telephone number of any length', { telephone: '1'.repeat(41) }],
  ['one of two lines', { telephone: '0550\n110' }],
  ['the name of a measure of any length', ofMeasureName('m'.repeat(41))],
  ['a check that does not exist', { checkSettings: { onlyWarn: ['beard'] } }],
  ['a field too many', { closedAt: '2026-11-23T00:00:00.000Z' }],
])('%s is refused', (_, changes) => {
  expect(accepts({ ...batchFields(), ...changes })).toBe(false);
});
