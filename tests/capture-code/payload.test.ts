import fc from 'fast-check';
import { decodeBase45, encodeBase45 } from '../../cloudfunctions/capture-code/base45';
import { DigestKey, payloadDigest } from '../../cloudfunctions/capture-code/keyed-digest';
import { payloadText } from '../../cloudfunctions/capture-code/payload';

describe('the text of a payload', () => {
  test('whatever is UTF-8 is read as UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.startsWith('\ufeff'));
        expect(payloadText(Buffer.from(text, 'utf8'))).toEqual({ charset: 'utf-8', text });
      }),
    );
  });

  test('bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(['utf-8', 'gb18030', 'binary']).toContain(payloadText(bytes).charset);
      }),
    );
  });
});

describe('the digest that stands for a payload', () => {
  const key = new DigestKey(Buffer.alloc(32, 1));
  test('differs with the payload and with the key', () => {
    const digest = payloadDigest(Buffer.from('a'), key);
    expect(digest).toMatch(/^[\w-]{43}$/);
    expect(payloadDigest(Buffer.from('a'), key)).toBe(digest);
    expect(payloadDigest(Buffer.from('b'), key)).not.toBe(digest);
    expect(payloadDigest(Buffer.from('a'), new DigestKey(Buffer.alloc(32, 2)))).not.toBe(digest);
  });

  test('purposes and the borders between parts are part of it', () => {
    expect(key.digestText('code', 'x')).not.toBe(key.digestText('person', 'x'));
    expect(key.digestText('code', 'ab', 'c')).not.toBe(key.digestText('code', 'a', 'bc'));
  });

  test('a short key is no key', () => {
    expect(() => new DigestKey(Buffer.alloc(31))).toThrow(RangeError);
  });

  test('a key prints as nothing', () => {
    expect(JSON.stringify({ key })).toBe('{"key":"[key]"}');
  });
});

describe('Base45', () => {
  // RFC 9285, section 4.3 and 4.4.
  test.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('%s ↔ %s', (plain, encoded) => {
    expect(encodeBase45(Buffer.from(plain))).toBe(encoded);
    expect(Buffer.from(decodeBase45(encoded)!).toString()).toBe(plain);
  });

  test.each(['GGW', 'ZZ', 'A', ':::', 'a1', 'ÄB8'])('%s is the Base45 of nothing', (text) => {
    expect(decodeBase45(text)).toBeUndefined();
  });

  test('every text that decodes is the one that encoding gives', () => {
    const alphabet = Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...alphabet)), (letters) => {
        const bytes = decodeBase45(letters.join(''));
        if (bytes !== undefined) expect(encodeBase45(bytes)).toBe(letters.join(''));
      }),
    );
  });
});
