/**
 * Frees the memory of bytes at once that nobody will read again, whoever still holds the array: a transferred buffer is
 * empty wherever it is known. Waiting for the garbage collector instead costs the function its most memory, as it hardly
 * sees these bytes; measured in docs/benchmarks.md. Refuses slices of a buffer that others may share.
 */
export function releaseBytes({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength)
    structuredClone(buffer, { transfer: [buffer] });
}
