/**
 * The protocol-buffer wire format, as far as ONNX files and MediaPipe's face geometry need it:
 * varints, 32-bit numbers and length-delimited fields, written in the order given, so that the same
 * model always gives the same bytes. It knows no schema and refuses 64-bit fixed numbers and groups.
 * (https://protobuf.dev/programming-guides/encoding/)
 */

const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;

/** Collects the fields of one message. Integers are limited to ±2^53. */
export class MessageWriter {
  private readonly parts: Uint8Array[] = [];

  integer(field: number, value: number): this {
    this.parts.push(varint(field * 8 + VARINT), varint(value));
    return this;
  }

  /** Packed, as proto3 writes repeated numbers. */
  integers(field: number, values: readonly number[]): this {
    return this.bytes(field, concatenate(values.map(varint)));
  }

  float(field: number, value: number): this {
    this.parts.push(varint(field * 8 + FIXED32), littleEndianFloats([value]));
    return this;
  }

  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, value: MessageWriter): this {
    return this.bytes(field, value.finish());
  }

  bytes(field: number, value: Uint8Array): this {
    this.parts.push(varint(field * 8 + DELIMITED), varint(value.length), value);
    return this;
  }

  finish(): Uint8Array {
    return concatenate(this.parts);
  }
}

/** Raw little-endian fp32, the form of ONNX's raw_data. */
export function littleEndianFloats(values: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i]!, true);
  return new Uint8Array(view.buffer);
}

/** Raw little-endian 64-bit integers from numbers of at most 2^53. */
export function littleEndianInt64s(values: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  for (let i = 0; i < values.length; i++) view.setBigInt64(i * 8, BigInt(values[i]!), true);
  return new Uint8Array(view.buffer);
}

/** One field as it stands in the file: a number (varint or fp32) or bytes. */
export interface WireField {
  readonly field: number;
  readonly value: number | Uint8Array;
}

/** All fields of a message in file order. Throws RangeError on truncated or unknown wire types. */
export function readMessage(bytes: Uint8Array): WireField[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const fields: WireField[] = [];
  let at = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = view.getUint8(at++);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = readVarint();
    const field = Math.floor(tag / 8);
    switch (tag % 8) {
      case VARINT:
        fields.push({ field, value: readVarint() });
        break;
      case FIXED32:
        fields.push({ field, value: view.getFloat32(at, true) });
        at += 4;
        break;
      case DELIMITED: {
        const length = readVarint();
        if (at + length > bytes.length) throw new RangeError('truncated protocol buffer');
        fields.push({ field, value: bytes.subarray(at, at + length) });
        at += length;
        break;
      }
      case FIXED64:
      default:
        throw new RangeError(`wire type ${tag % 8} is not used by the files of this project`);
    }
  }
  return fields;
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const more = rest > 127n;
    bytes.push(Number(rest & 127n) | (more ? 128 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
