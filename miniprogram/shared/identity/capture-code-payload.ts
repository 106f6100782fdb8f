/**
 * Limits of a capture code's payload. Its content is a matter of the resolver alone: CHSI's format is not
 * public, so nothing here, on the phone or in the cloud, may accept or refuse a payload by its looks.
 */

/**
 * Bytes. The largest QR code (version 40, level L) holds 2,953 bytes (ISO/IEC 18004:2015, table 7); digits
 * and upper case letters are packed denser, but no service has a reason to fill that.
 */
export const MAXIMUM_CAPTURE_CODE_BYTES = 3072;

/** Characters of base64 that the largest payload takes in a request. */
export const MAXIMUM_CAPTURE_CODE_BASE64 = Math.ceil(MAXIMUM_CAPTURE_CODE_BYTES / 3) * 4;
