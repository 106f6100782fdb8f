import fc from 'fast-check';
import {
  littleEndianFloats,
  littleEndianInt64s,
  MessageWriter,
  readMessage,
} from '../../../local/protobuf/protobuf-wire';

describe('protocol-buffer wire format', () => {
  it('writes the example of the format’s own documentation: field 1 = 150', () => {
    expect([...new MessageWriter().integer(1, 150).finish()]).toEqual([0x08, 0x96, 0x01]);
  });

  it('writes negative integers as ten bytes, as the format demands', () => {
    expect(new MessageWriter().integer(1, -1).finish()).toHaveLength(11);
  });

  it('reads back what it wrote, in order', () => {
    const field = fc.integer({ min: 1, max: 2000 });
    const entry = fc.oneof(
      fc.record({ field, value: fc.integer({ min: 0, max: 2 ** 40 }) }),
      fc.record({ field, value: fc.uint8Array({ maxLength: 300 }) }),
    );
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const writer = new MessageWriter();
        for (const { field: number, value } of entries) {
          if (typeof value === 'number') writer.integer(number, value);
          else writer.bytes(number, value);
        }
        const read = readMessage(writer.finish());
        expect(read.map(({ field: number }) => number)).toEqual(entries.map(({ field: number }) => number));
        read.forEach(({ value }, i) => {
          expect(value).toEqual(entries[i]!.value);
        });
      }),
    );
  });

  it('writes floats and integers as raw little-endian data', () => {
    expect([...littleEndianFloats([1])]).toEqual([0, 0, 0x80, 0x3f]);
    expect([...littleEndianInt64s([-2])]).toEqual([0xfe, 255, 255, 255, 255, 255, 255, 255]);
  });

  it('refuses what ends too early and wire types nobody here uses', () => {
    const whole = new MessageWriter().string(2, 'capture').finish();
    expect(() => readMessage(whole.subarray(0, 5))).toThrow(RangeError);
    expect(() => readMessage(Uint8Array.of(0x09, 0, 0, 0, 0, 0, 0, 0, 0))).toThrow(/wire type 1/);
  });
});
