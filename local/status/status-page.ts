/**
 * A plain page beside the browser phone: how many submissions stand in which state, and the last `npm run capture`.
 * For whoever runs the project on a desk. Refuses to show names, numbers or anything that could be mistaken for the product.
 */
import { existsSync, readFileSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { collection } from '../../cloudfunctions/platform/database';
import { SUBMISSION_STATES } from '../../miniprogram/shared/submission/submission-machine';

export interface StatusPageOptions {
  /** Where `npm run capture` writes by default. */
  readonly captureFolder: string;
  readonly phoneUrl: () => string;
}

/** Answers `/`, `/standard.jpg`; everything else is not found. */
export function statusPage(
  options: StatusPageOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const picture = join(options.captureFolder, 'standard.jpg');
    if (request.url === '/standard.jpg' && existsSync(picture)) {
      response.writeHead(200, { 'content-type': 'image/jpeg', 'cache-control': 'no-store' });
      response.end(readFileSync(picture));
      return;
    }
    if (request.url !== '/') {
      response.writeHead(404).end();
      return;
    }
    render(options, existsSync(picture)).then(
      (html) => {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
        response.end(html);
      },
      () => {
        response.writeHead(500).end();
      },
    );
  };
}

async function render({ captureFolder, phoneUrl }: StatusPageOptions, hasPicture: boolean): Promise<string> {
  const submissions = collection<{ _id: string; state: string }>('submissions');
  const counts = await Promise.all(SUBMISSION_STATES.map((state) => submissions.count({ state })));
  const rows = SUBMISSION_STATES.map(
    (state, i) => `<tr><td>${state}</td><td>${counts[i] ?? 0}</td></tr>`,
  ).join('');
  const result = join(captureFolder, 'result.json');
  const last = existsSync(result) ? escape(readFileSync(result, 'utf8')) : 'npm run capture';
  return `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>毕业照采集 · 本机状态</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
td{padding:.1rem 1rem .1rem 0}pre{overflow:auto;max-height:30rem;background:color-mix(in srgb,currentColor 8%,transparent);padding:1rem}
img{border:1px solid #8888}</style>
<h1>毕业照采集 · 本机状态</h1>
<p><a href="${phoneUrl()}">打开浏览器手机</a></p>
<h2>提交状态</h2><table>${rows}</table>
<h2>最近一次 capture</h2>${hasPicture ? '<img src="/standard.jpg" width="240" height="320" alt="最近一次生成的标准照片">' : ''}
<pre>${last}</pre></html>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
