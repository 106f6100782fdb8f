/**
 * `wx.openApi`: WeChat's own interfaces (messages, content check, payment). They live on WeChat's servers, so every
 * one of them is refused here unless somebody was named who plays WeChat: a test that wants to see what is asked for.
 * The form and its protocol buffers are those of wx-server-sdk 4.0.2 (CommApiData in, CommOpenApiResp out).
 */
import { MessageWriter, readMessage } from '../../protobuf/protobuf-wire';
import { invalidParameter, PlatformError } from '../platform-error';

/**
 * Plays WeChat.
 * @param api e.g. `subscribeMessage.send`
 * @param data in WeChat's own spelling, e.g. `template_id`
 * @returns WeChat's answer, e.g. `{errcode: 43101}`
 */
export type WechatServer = (api: string, data: Readonly<Record<string, unknown>>) => object | Promise<object>;

/** Fields of CommApiData, OpenApiData, KeyValuePair and CommOpenApiResp, by their numbers in the SDK. */
const OPENAPI_DATA = 2;
const PAIRS = 1;
const KEY = 1;
const VALUE = 2;
const RESPONSE_DATA = 1;
const CONTENT_TYPE = 2;

/** The fields of the form, as bytes: one of them is binary. */
export function formFields(body: Buffer, contentType: string): ReadonlyMap<string, Buffer> {
  const boundary = /boundary=([^;\s]+)/.exec(contentType)?.[1];
  if (boundary === undefined) throw invalidParameter('The form has no boundary');
  const fields = new Map<string, Buffer>();
  for (const part of body.toString('latin1').split(`--${boundary}`)) {
    const [, name, content] = /name="([^"]+)"[\s\S]*?\r\n\r\n([\s\S]*)\r\n$/.exec(part) ?? [];
    if (name !== undefined && content !== undefined) fields.set(name, Buffer.from(content, 'latin1'));
  }
  return fields;
}

/** @throws PlatformError where nobody plays WeChat */
export async function answerOfWechat(
  wechat: WechatServer | undefined,
  fields: ReadonlyMap<string, Buffer>,
): Promise<Uint8Array> {
  if (wechat === undefined) {
    throw new PlatformError('FUNCTIONS_REQUEST_FAIL', 'wx.openApi is not available in the local cloud');
  }
  const answer = await wechat(fields.get('apiName')?.toString() ?? '', dataOf(fields.get('requestData')));
  return new MessageWriter()
    .string(RESPONSE_DATA, JSON.stringify(answer))
    .string(CONTENT_TYPE, 'application/json')
    .finish();
}

function dataOf(requestData: Uint8Array = new Uint8Array()): Record<string, unknown> {
  const pairs = partsOf(requestData, OPENAPI_DATA).flatMap((openApiData) => partsOf(openApiData, PAIRS));
  const textOf = (pair: Uint8Array, field: number) => Buffer.concat(partsOf(pair, field)).toString('utf8');
  return Object.fromEntries(
    pairs.map((pair) => [textOf(pair, KEY), JSON.parse(textOf(pair, VALUE)) as unknown]),
  );
}

function partsOf(message: Uint8Array, field: number): Uint8Array[] {
  return readMessage(message).flatMap((part) =>
    part.field === field && part.value instanceof Uint8Array ? [part.value] : [],
  );
}
