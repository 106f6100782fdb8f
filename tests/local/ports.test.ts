/** Ports chosen by the environment: wrong ones are refused by name, and a port that is taken is said to be so. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { startPhone } from '../../local/phone/start-phone';
import { onPort, portFrom } from '../../local/ports';

test.each([
  [undefined, 0],
  ['0', 0],
  ['8080', 8080],
  ['65535', 65_535],
])('CLOUD_PORT=%s', (text, port) => {
  expect(portFrom('CLOUD_PORT', { CLOUD_PORT: text })).toBe(port);
});

test.each(['abc', '', '-1', '80.5', '65536', '0x50'])('CLOUD_PORT=%s is no port, and named', (text) => {
  expect(() => portFrom('CLOUD_PORT', { CLOUD_PORT: text })).toThrow(`CLOUD_PORT=${text} is no port`);
});

test('a port that another program has is said with its number and variable', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const miniprogramDir = join(__dirname, '../../miniprogram');
  await expect(onPort('PHONE_PORT', startPhone({ miniprogramDir, port, watch: false }))).rejects.toThrow(
    `Port ${port} is taken by another program: set PHONE_PORT`,
  );
  other.close();
});
